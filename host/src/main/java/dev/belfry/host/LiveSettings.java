package dev.belfry.host;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.config.Config;
import dev.belfry.host.config.LiveConfig;
import dev.belfry.host.config.LiveKeys;
import dev.belfry.host.health.Health;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.logoutput.LogOutput;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.trust.PluginTrust;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of the host that take effect while it runs.
 *
 * @param ofStart the settings that the host was started with
 */
record LiveSettings(HostSettings ofStart, HttpServer http, Health health, PluginTrust trust, PluginFolder folder) {

    /** @throws dev.belfry.api.ConfigurationException if this host could not start with the configuration, or use it now */
    static void check(Config config) {
        HostSettings settings = HostSettings.from(config);
        try {
            LogOutput.check(settings.log());
        } catch (ConfigurationException faulty) {
            throw config.placed(faulty, "log.file.path");
        }
        new PluginTrust(settings.dynamicPlugins());
    }

    /** The plugins that the configuration requires, and the suppliers of ports. The suppliers stay the same until the host ends. */
    static Set<String> required(HostSettings settings, HostSettings ofStart) {
        Set<String> required = new TreeSet<>(settings.requiredPlugins());
        required.addAll(ofStart.ports().plugins());
        return required;
    }

    void follow(LiveConfig config) {
        config.onChange(
                LiveKeys.of("log"),
                next -> LogOutput.apply(HostSettings.from(next).log()));
        config.onChange(
                LiveKeys.of("log.probes", "belfry.accessLog", "belfry.limits")
                        .except("belfry.limits.carrierThreads", "belfry.limits.connections"),
                next -> http.use(HostSettings.from(next)));
        config.onChange(
                LiveKeys.of("plugins.required"), next -> health.require(required(HostSettings.from(next), ofStart)));
        config.onChange(LiveKeys.of("dynamicPlugins").except("dynamicPlugins.rootDirectory"), next -> {
            trust.use(HostSettings.from(next).dynamicPlugins());
            folder.checkAgain();
        });
    }
}
