package dev.belfry.host.leak;

import java.lang.reflect.Field;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fields of the JDK that no public method leads to. They can be read where the JVM was started with {@code --add-opens}; else
 * there is nothing, and what would have been removed is reported.
 */
final class JdkInternals {

    private static final Logger LOG = LoggerFactory.getLogger(JdkInternals.class);

    private JdkInternals() {}

    static Optional<Object> read(String className, String field, @Nullable Object of) {
        try {
            return read(Class.forName(className, false, ClassLoader.getPlatformClassLoader()), field, of);
        } catch (ClassNotFoundException e) {
            LOG.debug("this Java has no {}", className);
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
            LOG.debug("{}.{} cannot be written: {}", type.getName(), name, e.getMessage());
        }
    }

    static Optional<Object> read(Class<?> type, String name, @Nullable Object of) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return Optional.ofNullable(field.get(of));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("{}.{} cannot be read: {}", type.getName(), name, e.getMessage());
            return Optional.empty();
        }
    }
}
