package dev.belfry.host.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.belfry.host.signin.OpenIdProvider.SignedIn;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The claims about a user: from the ID token, and from the user info endpoint what that does not have. */
record ProfileClaims(ProviderMetadata provider) {

    private static final Logger LOG = LoggerFactory.getLogger(ProfileClaims.class);

    private static final String EMAIL = "email";
    private static final String VERIFIED = "email_verified";
    private static final String USERNAME = "preferred_username";

    SignedIn of(IDTokenClaimsSet claims, OIDCTokens tokens, ProviderMetadata.Current current) throws IOException {
        Optional<String> email = email(claims.getStringClaim(EMAIL), claims.getClaim(VERIFIED));
        Optional<String> username = Optional.ofNullable(claims.getStringClaim(USERNAME));
        if (claims.getClaim(EMAIL) == null || username.isEmpty()) {
            Optional<UserInfo> more = userInfo(claims, tokens, current);
            if (claims.getClaim(EMAIL) == null) {
                email = more.flatMap(info -> email(info.getStringClaim(EMAIL), info.getClaim(VERIFIED)));
            }
            username = username.or(() -> more.map(info -> info.getStringClaim(USERNAME)));
        }
        return new SignedIn(claims.getSubject().getValue(), email, username, tokens.getIDTokenString());
    }

    /** With an address that was not verified, anybody could be anybody. */
    private static Optional<String> email(@Nullable String email, @Nullable Object verified) {
        boolean isUnverified = verified != null && !verified.toString().equals("true");
        return isUnverified ? Optional.empty() : Optional.ofNullable(email);
    }

    private Optional<UserInfo> userInfo(IDTokenClaimsSet claims, OIDCTokens tokens, ProviderMetadata.Current current)
            throws IOException {
        URI endpoint = current.metadata().getUserInfoEndpointURI();
        if (endpoint == null) {
            return Optional.empty();
        }
        try {
            UserInfoResponse response = UserInfoResponse.parse(
                    provider.send(new UserInfoRequest(endpoint, tokens.getAccessToken()).toHTTPRequest()));
            // OpenID Connect Core, section 5.3.2: the subject must equal the subject of the ID token.
            return response.indicatesSuccess()
                    ? Optional.ofNullable(response.toSuccessResponse().getUserInfo())
                            .filter(info -> info.getSubject().equals(claims.getSubject()))
                    : Optional.empty();
        } catch (ParseException e) {
            LOG.warn("the user info of the provider cannot be read, and counts as empty: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
