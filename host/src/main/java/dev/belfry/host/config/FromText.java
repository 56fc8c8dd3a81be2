package dev.belfry.host.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A static method that makes an object from a string. Its parameters are the string, or its words as a {@code
 * List<String>}, and, if wanted, the {@link SourceLocation}. It returns null for "absent", and throws an {@link
 * IllegalArgumentException} if the string does not follow the rule, or a {@link RefusedWord} if one of the words does not.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FromText {

    /** The rule for messages, such as {@code a port, or of the form host:port}. */
    String value();

    /** The record for an object in place of the string, if an object is allowed as well. */
    Class<?> orObject() default void.class;
}
