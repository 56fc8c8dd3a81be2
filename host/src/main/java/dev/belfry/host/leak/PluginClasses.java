package dev.belfry.host.leak;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Recognizes classes, objects and threads of one plugin generation. */
record PluginClasses(ClassLoader loader) {

    boolean owns(@Nullable Object object) {
        return object != null && isOwn(object instanceof Class<?> type ? type : object.getClass());
    }

    private boolean isOwn(Class<?> type) {
        return type.getClassLoader() == loader;
    }

    /** Whether the plugin started the thread, or the thread runs the plugin's code. */
    boolean owns(Thread thread, StackTraceElement[] stack) {
        return owns(thread) || thread.getContextClassLoader() == loader || isInside(stack);
    }

    private boolean isInside(StackTraceElement[] stack) {
        return loader.getName() != null
                && Arrays.stream(stack).anyMatch(frame -> loader.getName().equals(frame.getClassLoaderName()));
    }
}
