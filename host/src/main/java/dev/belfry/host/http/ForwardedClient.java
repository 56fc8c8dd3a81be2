package dev.belfry.host.http;

import dev.belfry.host.settings.TrustProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;

/**
 * Applies {@code X-Forwarded-For}, {@code X-Forwarded-Proto} and {@code X-Forwarded-Host} of trusted proxies as Express does: the client
 * is the last address of the header that is not a trusted proxy.
 */
record ForwardedClient(TrustProxy trusted) implements HttpConfiguration.Customizer {

    /** Set when the connection comes from a trusted proxy. */
    private static final String TRUSTED = ForwardedClient.class.getName();

    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?");

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        Optional<InetAddress> peer = literal(Request.getRemoteAddr(request));
        if (peer.isEmpty() || !trusted.trusts(peer.get(), 0)) {
            return request;
        }
        request.setAttribute(TRUSTED, true);
        InetAddress client = client(peer.get(), request.getHeaders());
        HttpURI uri = uri(request);
        return client.equals(peer.get()) && uri == request.getHttpURI() ? request : new Forwarded(request, client, uri);
    }

    /** The address that the client has used; invalid headers count as absent. */
    private static HttpURI uri(Request request) {
        HttpFields headers = request.getHeaders();
        Optional<String> scheme = first(headers, PROTO).filter(SCHEMES::contains);
        Optional<HostPort> host = first(headers, HOST)
                .filter(text -> AUTHORITY.matcher(text).matches())
                .map(HostPort::unsafe);
        if (scheme.isEmpty() && host.isEmpty()) {
            return request.getHttpURI();
        }
        HttpURI.Mutable uri = HttpURI.build(request.getHttpURI());
        scheme.ifPresent(uri::scheme);
        host.ifPresent(name -> uri.host(name.getHost()).port(name.getPort(0)));
        return uri.asImmutable();
    }

    private static Optional<String> first(HttpFields headers, String name) {
        return headers.getCSV(name, false).stream().findFirst();
    }

    private InetAddress client(InetAddress peer, HttpFields headers) {
        InetAddress client = peer;
        List<String> addresses = new ArrayList<>(headers.getCSV(FOR, false));
        for (int hop = 0; !addresses.isEmpty() && trusted.trusts(client, hop); hop++) {
            Optional<InetAddress> before = literal(withoutPort(addresses.removeLast()));
            if (before.isEmpty()) {
                // An untrusted proxy: the addresses before it cannot be verified.
                return client;
            }
            client = before.get();
        }
        return client;
    }

    private static Optional<InetAddress> literal(String address) {
        try {
            return Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String withoutPort(String address) {
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            return end < 0 ? address : address.substring(1, end);
        }
        int colon = address.indexOf(':');
        return colon > 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
    }

    /** Whether the request has forwarding headers but does not come from a trusted proxy. */
    static boolean isFromUnknownProxy(Request request) {
        return request.getAttribute(TRUSTED) == null && hasForwardingHeaders(request.getHeaders());
    }

    /** A loop without copies: this runs for each request of the guest. */
    private static boolean hasForwardingHeaders(HttpFields headers) {
        for (HttpField header : headers) {
            String name = header.getName();
            if (name.regionMatches(true, 0, "x-forwarded-", 0, "x-forwarded-".length())
                    || name.equalsIgnoreCase("forwarded")
                    || name.equalsIgnoreCase("x-real-ip")) {
                return true;
            }
        }
        return false;
    }

    /** The host name that the client used, as a trusted proxy reports it. */
    static Optional<String> host(Request request) {
        return request.getAttribute(TRUSTED) == null ? Optional.empty() : first(request.getHeaders(), HOST);
    }

    private static final class Forwarded extends Request.Wrapper {

        private final ConnectionMetaData connection;
        private final HttpURI uri;
        private final HttpFields headers;

        Forwarded(Request request, InetAddress client, HttpURI uri) {
            super(request);
            this.uri = uri;
            // The server requires that the header and the address name the same host.
            this.headers = uri.getAuthority() == null || uri == request.getHttpURI()
                    ? request.getHeaders()
                    : HttpFields.build(request.getHeaders()).put(HttpHeader.HOST, uri.getAuthority());
            connection = new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
                @Override
                public SocketAddress getRemoteSocketAddress() {
                    return new InetSocketAddress(client, 0);
                }
            };
        }

        @Override
        public HttpURI getHttpURI() {
            return uri;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }

        @Override
        public boolean isSecure() {
            return HttpScheme.HTTPS.is(uri.getScheme());
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }
    }
}
