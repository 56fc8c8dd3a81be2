package dev.belfry.host.http;

import dev.belfry.host.limit.ClientBudget;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A response as the plugin's app writes it. Its output releases the permit while it waits for the client. */
final class GatewayResponse extends HttpServletResponseWrapper {

    /** They describe the content that an error response replaces. */
    private static final List<String> CONTENT_HEADERS = List.of(
            "Cache-Control",
            "Content-Disposition",
            "Content-Encoding",
            "Content-Length",
            "ETag",
            "Last-Modified",
            "Link",
            "Preference-Applied");

    private static final String LOCATION = "Location";

    private final Supplier<ClientBudget.Reservation> largeAnswer;
    private final BasePath base;
    private @Nullable StreamingOutput output;

    GatewayResponse(HttpServletResponse response, Supplier<ClientBudget.Reservation> largeAnswer, BasePath base) {
        super(response);
        this.base = base;
        this.largeAnswer = largeAnswer;
    }

    /** A redirect within the host works below the base path as well. */
    @Override
    public void setHeader(String name, @Nullable String value) {
        super.setHeader(name, asSeenByClients(name, value));
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        super.addHeader(name, asSeenByClients(name, value));
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        super.sendRedirect(base.of(location));
    }

    private @Nullable String asSeenByClients(String name, @Nullable String value) {
        return value != null && LOCATION.equalsIgnoreCase(name) ? base.of(value) : value;
    }

    /** The gateway's response below the wrappers of Javalin. */
    static GatewayResponse of(ServletResponse response) {
        ServletResponse current = response;
        while (current instanceof HttpServletResponseWrapper wrapper) {
            if (wrapper instanceof GatewayResponse found) {
                return found;
            }
            current = wrapper.getResponse();
        }
        throw new IllegalStateException("the response did not come through the gateway");
    }

    /**
     * UTF-8, unless the content type names another charset. The server's default for most types is ISO-8859-1, which loses characters
     * of others, and which clients of JSON types do not expect (RFC 8259 section 8.1).
     */
    @Override
    public String getCharacterEncoding() {
        return namesCharset() ? super.getCharacterEncoding() : StandardCharsets.UTF_8.name();
    }

    private boolean namesCharset() {
        String type = getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).contains("charset=");
    }

    /** The server's writer names its charset in the content type. */
    @Override
    public PrintWriter getWriter() throws IOException {
        if (!namesCharset() && !StandardCharsets.UTF_8.name().equalsIgnoreCase(super.getCharacterEncoding())) {
            setCharacterEncoding(StandardCharsets.UTF_8.name());
        }
        return super.getWriter();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (output == null) {
            output = new StreamingOutput(super.getOutputStream(), largeAnswer);
        }
        return output;
    }

    /**
     * Discards what the handler has written, so that an error response can follow. The response must not be committed.
     *
     * @return false if nothing has been written
     */
    boolean discardOutput() {
        CONTENT_HEADERS.forEach(name -> setHeader(name, null));
        if (output == null || !output.isUsed()) {
            return false;
        }
        output.discard();
        resetBuffer();
        return true;
    }
}
