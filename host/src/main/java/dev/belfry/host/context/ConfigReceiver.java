package dev.belfry.host.context;

import dev.belfry.host.lifecycle.PluginBoundary;
import dev.belfry.host.lifecycle.PluginStopped;
import java.util.function.Consumer;
import org.slf4j.Logger;

/** Calls a plugin with its configuration: at its start, where a failure ends the start, and after changes, where it is logged. */
final class ConfigReceiver<T> implements Consumer<T> {

    private final PluginBoundary boundary;
    private final Logger logger;
    private final Consumer<? super T> receiver;
    private boolean called;

    ConfigReceiver(PluginBoundary boundary, Logger logger, Consumer<? super T> receiver) {
        this.boundary = boundary;
        this.logger = logger;
        this.receiver = receiver;
    }

    @Override
    public void accept(T config) {
        if (!called) {
            called = true;
            receiver.accept(config);
            return;
        }
        try {
            boundary.run(() -> receiver.accept(config));
        } catch (PluginStopped e) {
            logger.debug("the plugin has stopped, and no longer needs its changed configuration");
        } catch (RuntimeException | Error e) {
            logger.error("the plugin failed to apply its changed configuration", e);
        }
    }
}
