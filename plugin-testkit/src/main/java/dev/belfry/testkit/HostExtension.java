package dev.belfry.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Provides the host that a test class requests with {@link WithHost}. JUnit closes it after the test. */
final class HostExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(HostExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestHost.class;
    }

    @Override
    public TestHost resolveParameter(ParameterContext parameter, ExtensionContext context) {
        WithHost wanted = context.getRequiredTestClass().getAnnotation(WithHost.class);
        return context.getStore(NAMESPACE).computeIfAbsent(TestHost.class, type -> start(wanted), TestHost.class);
    }

    private static TestHost start(WithHost wanted) {
        TestHost.Builder builder =
                TestHost.with(wanted.value()).database(wanted.database()).policy(wanted.policy());
        for (String user : wanted.users()) {
            String[] parts = user.split("\\s*[:,]\\s*");
            builder.user(parts[0], java.util.Arrays.copyOfRange(parts, 1, parts.length));
        }
        for (String value : wanted.config()) {
            String[] parts = value.split("=", 2);
            builder.config(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return wanted.fromBuiltJar() ? builder.fromBuiltJar().start() : builder.start();
    }
}
