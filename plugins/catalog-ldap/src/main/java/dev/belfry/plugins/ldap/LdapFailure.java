package dev.belfry.plugins.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;

/** The reason of a failed request, for operators. The messages of the LDAP library contain its version and nested exceptions. */
final class LdapFailure {

    private LdapFailure() {}

    static IOException of(CatalogLdapConfig config, LDAPException failure) {
        return new IOException(config.target() + ": " + reason(failure), failure);
    }

    static IOException ofStartTls(CatalogLdapConfig config, LDAPException failure) {
        return new IOException(config.target() + ": StartTLS failed: " + reason(failure), failure);
    }

    private static String reason(LDAPException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        return switch (root) {
            case UnknownHostException _ -> "the host is unknown";
            case SocketTimeoutException _ -> "the server does not respond";
            case ConnectException _ -> message.toLowerCase(Locale.ROOT);
            case LDAPException own -> byServer(own);
            default -> failure.getResultCode().getName() + ": " + message;
        };
    }

    private static String byServer(LDAPException failure) {
        String said = failure.getDiagnosticMessage();
        ResultCode code = failure.getResultCode();
        return said == null || said.isBlank()
                ? code.getName() + ": " + String.valueOf(failure.getMessage()).replaceFirst(", ldapSDKVersion=.*", "")
                : code.getName() + ": the server says '" + said + "'";
    }
}
