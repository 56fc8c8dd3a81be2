package dev.belfry.host.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;

/** Checks the address of {@code backend.listen} on this machine. */
public final class ListenAddress {

    public static final String KEY = "backend.listen";

    private ListenAddress() {}

    /** Whether it is tried without asking a name server. */
    public static boolean isNumeric(ListenSettings listen) {
        try {
            InetAddress.ofLiteral(listen.host());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @return why no port of the address can be bound here, beginning with the key; empty if it can */
    public static Optional<String> fault(ListenSettings listen) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(listen.host()), 0));
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of(KEY + ": the host '" + listen.host() + "' is unknown");
        } catch (IOException e) {
            return Optional.of(KEY + ": this machine does not have the address '" + listen.host() + "'");
        }
    }
}
