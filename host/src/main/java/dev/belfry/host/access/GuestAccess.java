package dev.belfry.host.access;

import dev.belfry.api.catalog.EntityRef;
import java.net.InetAddress;

/**
 * The guest, who needs no credentials.
 *
 * @param fromOtherMachines whether clients on other machines act as the guest, too
 */
public record GuestAccess(EntityRef user, boolean fromOtherMachines) {

    /** Whether the client may act as the guest. Requests through an unknown proxy may come from anywhere. */
    public boolean admits(ClientCredentials request) {
        return !request.isFromUnknownProxy() && (fromOtherMachines || isLoopback(request.clientAddress()));
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
