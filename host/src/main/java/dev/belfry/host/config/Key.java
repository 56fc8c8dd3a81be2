package dev.belfry.host.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The key of a component, if it is not the name of the component. Dots lead into objects: {@code rbac.policies-csv-file}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    String value();

    /** Another spelling of the key; empty = none. */
    String or() default "";
}
