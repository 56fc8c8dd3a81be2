package dev.belfry.host.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Keys of Backstage that have no effect here although an installation may rely on them. Each use is a warning. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Unsupported.All.class)
public @interface Unsupported {

    /** As in {@link Ignored}. */
    String[] value();

    /** The behavior of Belfry instead, and what to write. */
    String instead();

    /** Whether {@code false} is what Belfry does anyway, and no warning. */
    boolean onlyIfTrue() default false;

    /** The container of repeated annotations. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {
        Unsupported[] value();
    }
}
