package dev.belfry.host.database;

import dev.belfry.host.tls.ClientTls;
import dev.belfry.host.tls.TlsContexts;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.WrappedFactory;

/**
 * Gives TLS settings to the PostgreSQL driver, which takes nothing but the name of a class and a string: the string is
 * an id, so that no key gets into a connection property.
 */
final class DriverSockets {

    private static final Map<ClientTls, String> IDS = new ConcurrentHashMap<>();
    private static final Map<String, ClientTls> SETTINGS = new ConcurrentHashMap<>();

    private DriverSockets() {}

    static void configure(PGSimpleDataSource source, ClientTls settings) {
        String id = IDS.computeIfAbsent(settings, any -> UUID.randomUUID().toString());
        SETTINGS.put(id, settings);
        source.setSslfactory(Factory.class.getName());
        source.setSslFactoryArg(id);
        if (settings.serverName().isPresent() && "verify-full".equals(source.getSslMode())) {
            // The factory compares the name; the driver would compare the host.
            source.setSslMode("verify-ca");
        }
    }

    static boolean hasCertificate(PGSimpleDataSource source) {
        @Nullable String id = source.getSslFactoryArg();
        ClientTls settings = id == null ? null : SETTINGS.get(id);
        return settings != null && settings.identity().isPresent();
    }

    /** Made by the driver for each connection. */
    public static final class Factory extends WrappedFactory {

        private final ClientTls settings;

        /** @param id that the driver got as {@code sslfactoryarg} */
        public Factory(String id) {
            ClientTls registered = SETTINGS.get(id);
            if (registered == null) {
                throw new IllegalArgumentException("no TLS settings are registered as '" + id + "'");
            }
            settings = registered;
            factory = TlsContexts.client(settings).getSocketFactory();
        }

        @Override
        public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
            SSLSocket socket = (SSLSocket)
                    factory.createSocket(connected, settings.serverName().orElse(host), port, autoClose);
            settings.serverName().ifPresent(name -> {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name)));
                if (settings.verifies()) {
                    parameters.setEndpointIdentificationAlgorithm("HTTPS");
                }
                socket.setSSLParameters(parameters);
            });
            return socket;
        }
    }
}
