package dev.belfry.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class PluginBoundaryTest {

    private final ClassLoader loader = new ClassLoader("bell#1", null) {};
    private final PluginBoundary boundary = new PluginBoundary("bell", loader, new InFlightRequests());

    @Test
    void aCallRunsWithThePluginsClassLoaderAndLogContext() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        boundary.run(() -> {
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(loader);
            assertThat(MDC.get("plugin")).isEqualTo("bell");
        });

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        assertThat(MDC.get("plugin")).isNull();
    }

    @Test
    void exceptionsOfAWrappedObjectArePassedOn() {
        Callable<?> wrapped = boundary.wrap(Callable.class, () -> {
            throw new IOException("its own");
        });

        assertThatThrownBy(wrapped::call).isInstanceOf(IOException.class).hasMessage("its own");
    }

    @Test
    void aWrapperFailsAfterTheStop() throws Exception {
        Callable<?> wrapped = boundary.wrap(Callable.class, () -> "rings");
        assertThat(wrapped.call()).isEqualTo("rings");

        boundary.end();

        assertThatIllegalStateException().isThrownBy(wrapped::call).withMessageContaining("'bell' has stopped");
        assertThatIllegalStateException().isThrownBy(() -> boundary.run(() -> {}));
        assertThat(wrapped).hasToString("Callable of plugin bell");
    }
}
