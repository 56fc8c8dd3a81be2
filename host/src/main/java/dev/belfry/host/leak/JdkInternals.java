package dev.belfry.host.leak;

import java.lang.reflect.Field;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Private fields of the JDK. Accessible if the JVM was started with {@code --add-opens}; otherwise the leaks are
 * reported instead of removed.
 */
final class JdkInternals {

    private static final Logger LOG = LoggerFactory.getLogger(JdkInternals.class);

    private JdkInternals() {}

    static Optional<Object> read(String className, String field, @Nullable Object of) {
        try {
            return read(Class.forName(className, false, ClassLoader.getPlatformClassLoader()), field, of);
        } catch (ClassNotFoundException e) {
            LOG.debug("this JDK has no class {}", className);
            return Optional.empty();
        }
    }

    /** Sets a field to null. */
    static void clear(Class<?> type, String name, Object of) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            field.set(of, null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("the field {}.{} cannot be written: {}", type.getName(), name, e.getMessage());
        }
    }

    static Optional<Object> read(Class<?> type, String name, @Nullable Object of) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return Optional.ofNullable(field.get(of));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("the field {}.{} cannot be read: {}", type.getName(), name, e.getMessage());
            return Optional.empty();
        }
    }
}
