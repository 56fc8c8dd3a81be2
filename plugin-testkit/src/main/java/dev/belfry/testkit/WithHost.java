package dev.belfry.testkit;

import dev.belfry.api.Plugin;
import dev.belfry.api.database.Dialect;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a {@link TestHost} for each test of a class, which takes it as a parameter.
 *
 * <pre>{@code
 * @WithHost(HelloPlugin.class)
 * class HelloPluginTest {
 *     @Test
 *     void greets(TestHost host) { ... }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(HostExtension.class)
public @interface WithHost {

    /** The plugin under test. */
    Class<? extends Plugin> value();

    /** The kind of its database. */
    Dialect database() default Dialect.SQLITE;

    /** Whether the plugin is loaded from the JAR of the build instead of the class path. */
    boolean fromBuiltJar() default false;

    /** Users in addition to {@code ada} and {@code bob}, each {@code name} or {@code name: group, group}. */
    String[] users() default {};

    /** Lines of the permission policy; without any, everything is permitted. */
    String[] policy() default {};

    /** Configuration values, each {@code path=text}. */
    String[] config() default {};
}
