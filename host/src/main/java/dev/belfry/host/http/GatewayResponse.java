package dev.belfry.host.http;

import dev.belfry.host.limit.ClientBudget;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A response as the plugin's app writes it. Its output releases the permit while it waits for the client. */
final class GatewayResponse extends HttpServletResponseWrapper {

    private final Supplier<ClientBudget.Reservation> largeAnswer;
    private @Nullable ServletOutputStream output;

    GatewayResponse(HttpServletResponse response, Supplier<ClientBudget.Reservation> largeAnswer) {
        super(response);
        this.largeAnswer = largeAnswer;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (output == null) {
            output = new StreamingOutput(super.getOutputStream(), largeAnswer);
        }
        return output;
    }
}
