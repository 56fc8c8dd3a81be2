package dev.belfry.host.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keys of a record that have no effect: keys of Backstage that mean nothing to Belfry. They are reported, but not as
 * problems. {@code *} stands for every other key of an object, and dots lead into objects.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Ignored {
    String[] value();
}
