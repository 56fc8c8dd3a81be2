package dev.belfry.host.context;

import dev.belfry.api.PluginContext;
import dev.belfry.host.database.Databases;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.lifecycle.Environment;
import dev.belfry.host.lifecycle.Generation;

/** Gives each generation a context of its own. */
public final class HostEnvironment implements Environment {

    private final HostServices services;

    public HostEnvironment(HostServices services) {
        this.services = services;
    }

    @Override
    public Session prepare(Generation generation) {
        HttpServer.Surface surface = services.http()
                .surfaceOf(
                        generation.descriptor().id(),
                        generation.guard(),
                        generation.leases(),
                        generation.code().location());
        return new HostSession(new HostContext(services, generation, surface), surface);
    }

    private record HostSession(PluginContext context, HttpServer.Surface surface) implements Session {
        @Override
        public void complete() {
            surface.complete();
        }

        @Override
        public void open() {
            surface.open();
        }

        @Override
        public void close() {
            surface.close();
        }
    }

    @Override
    public void announceWaiting(String pluginId) {
        services.http().announceWaiting(pluginId);
    }

    @Override
    public boolean isPassing(Throwable failure) {
        return Databases.isAway(failure);
    }
}
