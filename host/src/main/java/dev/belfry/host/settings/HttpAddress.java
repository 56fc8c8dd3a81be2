package dev.belfry.host.settings;

import dev.belfry.host.config.FromText;
import java.net.URI;
import java.util.Set;
import java.util.function.Supplier;

/** A URL of a web server. */
record HttpAddress(URI get) implements Supplier<URI> {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    @FromText("a URL such as http://localhost:7007")
    static HttpAddress parse(String text) {
        URI address = URI.create(text);
        if (address.getHost() == null || !SCHEMES.contains(address.getScheme())) {
            throw new IllegalArgumentException("not a URL of a web server");
        }
        return new HttpAddress(address);
    }
}
