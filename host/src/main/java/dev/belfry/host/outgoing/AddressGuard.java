package dev.belfry.host.outgoing;

import dev.belfry.host.settings.OutgoingSettings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Permits connections to public addresses and to addresses that the operator allows. Jetty connects to the addresses that this returns,
 * without a second look-up, so a name server cannot give another address after the check (DNS rebinding).
 */
final class AddressGuard implements SocketAddressResolver {

    private final SocketAddressResolver resolver;
    private final OutgoingSettings settings;

    AddressGuard(SocketAddressResolver resolver, OutgoingSettings settings) {
        this.resolver = resolver;
        this.settings = settings;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        resolver.resolve(host, port, context, new Promise<>() {
            @Override
            public void succeeded(List<InetSocketAddress> found) {
                List<InetSocketAddress> permitted = found.stream()
                        .filter(address -> isPermitted(host, address))
                        .toList();
                if (permitted.isEmpty()) {
                    promise.failed(refusal(host, found));
                } else {
                    promise.succeeded(permitted);
                }
            }

            @Override
            public void failed(Throwable failure) {
                promise.failed(failure);
            }
        });
    }

    private boolean isPermitted(String host, InetSocketAddress address) {
        return PublicAddresses.contains(address.getAddress()) || settings.allows(host, address.getAddress());
    }

    private static OutgoingHttp.AddressRefused refusal(String host, List<InetSocketAddress> found) {
        String addresses = found.stream()
                .map(address -> address.getAddress().getHostAddress())
                .collect(Collectors.joining(", "));
        return new OutgoingHttp.AddressRefused("connections to '" + host + "' (" + addresses
                + ") are not permitted: the address is not public, and belfry.outgoing.allow does not contain it");
    }
}
