package dev.belfry.host.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.belfry.host.settings.OidcSettings;
import dev.belfry.host.signin.OpenIdProvider;
import dev.belfry.host.signin.SignInFailure;
import dev.belfry.host.tracing.Tracing;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An OpenID provider that is found by its metadata. */
public final class NimbusProvider implements OpenIdProvider {

    private static final Logger LOG = LoggerFactory.getLogger(NimbusProvider.class);

    private final OidcSettings settings;
    private final ClientID client;
    private final ProviderMetadata provider;
    private final ProfileClaims profiles;

    /** @param tracing records requests to the provider */
    public NimbusProvider(OidcSettings settings, Clock clock, Tracing tracing) {
        this.settings = settings;
        this.client = new ClientID(settings.clientId());
        this.provider = new ProviderMetadata(settings, clock, tracing);
        this.profiles = new ProfileClaims(provider);
    }

    @Override
    public Begin begin(URI callback) throws Refused {
        State state = new State();
        Nonce nonce = new Nonce();
        CodeVerifier verifier = new CodeVerifier();
        Scope scope = new Scope("openid", "profile", "email");
        settings.scopes().forEach(scope::add);
        try {
            AuthenticationRequest.Builder request = new AuthenticationRequest.Builder(
                            ResponseType.CODE, scope, client, callback)
                    .endpointURI(provider.current().metadata().getAuthorizationEndpointURI())
                    .state(state)
                    .nonce(nonce)
                    .codeChallenge(verifier, CodeChallengeMethod.S256);
            if (settings.prompt().isPresent()) {
                request.prompt(Prompt.parse(settings.prompt().get()));
            }
            return new Begin(
                    new Begun(state.getValue(), nonce.getValue(), verifier.getValue()),
                    request.build().toURI());
        } catch (IOException e) {
            throw unavailable(e);
        } catch (ParseException e) {
            throw new Refused(
                    SignInFailure.UNAVAILABLE, "prompt '" + settings.prompt().orElse("") + "' is unknown");
        }
    }

    @Override
    public SignedIn complete(Begun begun, URI answer, URI callback) throws Refused {
        try {
            ProviderMetadata.Current current = provider.current();
            AuthorizationCode code = code(begun, answer, current);
            OIDCTokens tokens = redeem(code, begun, callback, current);
            JWT idToken = tokens.getIDToken();
            if (idToken == null) {
                throw refused("the provider's response has no ID token");
            }
            IDTokenClaimsSet claims = provider.validator(current).validate(idToken, new Nonce(begun.nonce()));
            return profiles.of(claims, tokens, current);
        } catch (IOException e) {
            throw unavailable(e);
        } catch (ParseException e) {
            throw refused("the provider's response cannot be read: " + e.getMessage());
        } catch (BadJOSEException | JOSEException e) {
            throw refused("the ID token is not valid: " + e.getMessage());
        }
    }

    private AuthorizationCode code(Begun begun, URI answer, ProviderMetadata.Current current)
            throws ParseException, Refused {
        AuthenticationResponse response = AuthenticationResponseParser.parse(answer);
        if (!new State(begun.state()).equals(response.getState())) {
            throw new Refused(
                    SignInFailure.NOT_STARTED,
                    "the parameter 'state' does not match the sign-in that this browser has started");
        }
        // RFC 9207: another provider may have answered (mix-up).
        if (response.getIssuer() != null
                && !response.getIssuer().equals(current.metadata().getIssuer())) {
            throw refused("the answer is from " + response.getIssuer());
        }
        if (!response.indicatesSuccess()) {
            throw refused("the provider answers "
                    + response.toErrorResponse().getErrorObject().getCode());
        }
        AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
        if (code == null) {
            throw refused("the provider's answer has no code");
        }
        return code;
    }

    private OIDCTokens redeem(AuthorizationCode code, Begun begun, URI callback, ProviderMetadata.Current current)
            throws IOException, ParseException, Refused {
        TokenRequest request = new TokenRequest.Builder(
                        current.metadata().getTokenEndpointURI(),
                        credentials(),
                        new AuthorizationCodeGrant(code, callback, new CodeVerifier(begun.verifier())))
                .build();
        TokenResponse response = OIDCTokenResponseParser.parse(provider.send(request.toHTTPRequest()));
        if (!response.indicatesSuccess()) {
            throw refused("the provider refuses the code: "
                    + response.toErrorResponse().getErrorObject().getCode());
        }
        return ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens();
    }

    private ClientAuthentication credentials() {
        Secret secret = new Secret(settings.clientSecret().text());
        return settings.secretInBody() ? new ClientSecretPost(client, secret) : new ClientSecretBasic(client, secret);
    }

    @Override
    public Optional<URI> signOutAddress(String idToken, URI back) {
        try {
            URI endpoint = provider.current().metadata().getEndSessionEndpointURI();
            return endpoint == null
                    ? Optional.empty()
                    : Optional.of(new LogoutRequest(endpoint, JWTParser.parse(idToken), null, client, back, null, null)
                            .toURI());
        } catch (IOException | java.text.ParseException e) {
            LOG.warn("the sign-out ends the session here, but not at the provider: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Refused refused(String message) {
        return new Refused(SignInFailure.REFUSED_BY_PROVIDER, message);
    }

    private static Refused unavailable(IOException e) {
        return new Refused(SignInFailure.UNAVAILABLE, "the provider does not answer: " + e.getMessage());
    }
}
