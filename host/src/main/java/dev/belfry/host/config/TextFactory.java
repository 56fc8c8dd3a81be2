package dev.belfry.host.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The method of a type that is annotated with {@link FromText}. */
record TextFactory(Method method) {

    /** Types of plugins have none: their other methods may refer to classes that are not there. */
    static Optional<TextFactory> of(Class<?> type) {
        if (type.getClassLoader() != FromText.class.getClassLoader()) {
            return Optional.empty();
        }
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(FromText.class))
                .findFirst()
                .map(TextFactory::new);
    }

    String rule() {
        return method.getAnnotation(FromText.class).value();
    }

    /** The record for an object in place of the text. */
    Optional<Class<?>> record() {
        Class<?> record = method.getAnnotation(FromText.class).orObject();
        return record == void.class ? Optional.empty() : Optional.of(record);
    }

    boolean takesWords() {
        return method.getParameterTypes()[0] == List.class;
    }

    /**
     * @param input the text, or the words
     * @return null = absent
     * @throws IllegalArgumentException when the input does not follow the rule
     */
    @Nullable
    Object make(Object input, SourceLocation location) {
        try {
            method.setAccessible(true);
            return method.getParameterCount() == 1 ? method.invoke(null, input) : method.invoke(null, input, location);
        } catch (InvocationTargetException e) {
            if (e.getTargetException() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(method + " failed", e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " cannot be called", e);
        }
    }
}
