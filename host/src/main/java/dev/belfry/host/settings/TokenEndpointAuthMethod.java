package dev.belfry.host.settings;

import dev.belfry.host.config.FromText;
import java.util.function.Supplier;

/** How a client sends its secret (OpenID Connect Core, section 9). True = in the body. */
record TokenEndpointAuthMethod(Boolean get) implements Supplier<Boolean> {

    @FromText("client_secret_basic or client_secret_post")
    static TokenEndpointAuthMethod parse(String text) {
        return switch (text) {
            case "client_secret_basic" -> new TokenEndpointAuthMethod(false);
            case "client_secret_post" -> new TokenEndpointAuthMethod(true);
            default -> throw new IllegalArgumentException("unknown method");
        };
    }
}
