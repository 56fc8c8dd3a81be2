package dev.belfry.host.signin;

import dev.belfry.api.web.ApiError;
import dev.belfry.host.access.ClientCredentials;
import dev.belfry.host.signin.OpenIdProvider.Begun;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps a sign-in that has begun in its browser, so that anonymous clients store nothing on the host. A second begin replaces the first
 * one.
 */
record BegunCookie(CookieScope cookies) {

    private static final String NAME = "belfry-sign-in";
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Pattern FORM = Pattern.compile("([\\w-]+)\\.([\\w-]+)\\.([\\w-]{43,128})\\.([\\w-]+)");

    record Kept(Begun begun, ReturnPath back) {}

    void keep(Context context, Begun begun, ReturnPath back) {
        String path = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(back.path().getBytes(StandardCharsets.US_ASCII));
        cookies.set(context, NAME, String.join(".", begun.state(), begun.nonce(), begun.verifier(), path), LIFETIME);
    }

    /** Each is taken once. */
    Optional<Kept> take(Context context, ClientCredentials request) {
        Optional<String> value = cookies.read(request, NAME);
        if (value.isPresent()) {
            cookies.clear(context, NAME);
        }
        return value.map(FORM::matcher).filter(Matcher::matches).flatMap(BegunCookie::kept);
    }

    private static Optional<Kept> kept(Matcher value) {
        try {
            String path = new String(Base64.getUrlDecoder().decode(value.group(4)), StandardCharsets.UTF_8);
            return Optional.of(
                    new Kept(new Begun(value.group(1), value.group(2), value.group(3)), ReturnPath.parse(path)));
        } catch (IllegalArgumentException | ApiError e) {
            return Optional.empty();
        }
    }
}
