package dev.belfry.host.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A record for the objects whose key {@code type} has one of these values; it implements the sealed interface that is bound. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Variant {

    /** The key that tells the variants of an interface from each other. */
    String KEY = "type";

    /** Stands for an absent key. */
    String ABSENT = "";

    /** Stands for every other value. */
    String OTHER = "*";

    String[] value();
}
