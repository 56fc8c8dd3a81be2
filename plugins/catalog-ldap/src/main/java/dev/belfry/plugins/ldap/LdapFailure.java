package dev.belfry.plugins.ldap;

import com.unboundid.asn1.ASN1Exception;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** The reason of a failed request, for operators. The messages of the LDAP library contain its version and nested exceptions. */
final class LdapFailure {

    private static final String NOT_LDAP =
            "the server does not answer in LDAP: check the port, and whether it expects ldaps";

    private LdapFailure() {}

    static IOException of(CatalogLdapConfig config, LDAPException failure) {
        return new IOException(config.target() + ": " + reason(failure), failure);
    }

    static IOException ofStartTls(CatalogLdapConfig config, LDAPException failure) {
        return new IOException(config.target() + ": StartTLS failed: " + reason(failure), failure);
    }

    private static String reason(LDAPException failure) {
        List<Throwable> causes = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .toList();
        Throwable root = causes.getLast();
        if (causes.stream().anyMatch(CertificateException.class::isInstance)) {
            return "the certificate of the server is signed by no CA that is trusted: set tls.ca to a file with that CA";
        }
        return switch (root) {
            case UnknownHostException _ -> "the host is unknown";
            case SocketTimeoutException _ -> "the server does not respond";
            case ConnectException _ -> String.valueOf(root.getMessage()).toLowerCase(Locale.ROOT);
            case SSLException _ ->
                "no encrypted connection can be made: check the port, and whether the server offers TLS";
            case ASN1Exception _ -> NOT_LDAP;
            case LDAPException own -> byServer(own);
            default -> byServer(failure);
        };
    }

    /** The library's own text is for programmers; names of result codes are from the standard (RFC 4511). */
    private static String byServer(LDAPException failure) {
        String said = failure.getDiagnosticMessage();
        ResultCode code = failure.getResultCode();
        if (said != null && !said.isBlank()) {
            return code.getName() + ": the server says '" + said + "'";
        }
        if (code.equals(ResultCode.DECODING_ERROR)) {
            return NOT_LDAP;
        }
        if (code.equals(ResultCode.SERVER_DOWN)) {
            return "the server has closed the connection: check the port, and whether it expects ldaps";
        }
        if (code.equals(ResultCode.TIMEOUT)) {
            return "the server does not respond";
        }
        return isOtherName(failure)
                ? "the certificate of the server is for another name than the target"
                : code.getName();
    }

    /** The class that verifies names has no code of its own. */
    private static boolean isOtherName(LDAPException failure) {
        return failure.getResultCode().equals(ResultCode.CONNECT_ERROR)
                && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("hostname");
    }
}
