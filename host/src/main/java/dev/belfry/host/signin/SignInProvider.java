package dev.belfry.host.signin;

import dev.belfry.api.web.Routes;
import dev.belfry.host.session.Session;
import java.util.Optional;

/** A way to sign in. */
interface SignInProvider {

    /** Part of the paths, and the {@link Session#provider}. */
    String id();

    /** For the button; null-free and short. */
    String title();

    /** Key of the text of the button, which may contain the title. */
    default String buttonText() {
        return "continue";
    }

    /** Whether a browser starts the sign-in with a POST. */
    boolean startsByPost();

    /** Declares {@code /<id>/start}, and what else it needs. */
    void declare(Routes routes);

    /** Where a browser must go to sign out at the provider as well. */
    Optional<String> signOutAddress(Session session);

    /** @param base the path below which browsers see the host */
    default String start(String base) {
        return base + "/api/auth/" + id() + "/start";
    }
}
