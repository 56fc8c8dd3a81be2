package dev.belfry.plugins.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldif.LDIFException;
import com.unboundid.util.ssl.KeyStoreKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;

/** A directory on 127.0.0.1, of the company that the tests are about. It answers only after a bind. */
final class TestDirectory implements AutoCloseable {

    static final String ADMIN = "cn=admin,dc=example,dc=org";
    static final String PASSWORD = "correct horse";

    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    private final InMemoryDirectoryServer server;

    private TestDirectory(InMemoryDirectoryServer server) {
        this.server = server;
    }

    static TestDirectory start() throws Exception {
        return start(InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
    }

    /** Ends searches with more entries. */
    static TestDirectory withSizeLimit(int entries) throws Exception {
        InMemoryDirectoryServerConfig config = config();
        config.setMaxSizeLimit(entries);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
        return start(config);
    }

    /** @param startTls whether the port is one of LDAP, where clients ask for TLS */
    static TestDirectory withTls(Path folder, boolean startTls) throws Exception {
        SSLUtil tls = new SSLUtil(
                new KeyStoreKeyManager(keyStore(folder).toFile(), STORE_PASSWORD), new TrustAllTrustManager());
        InetAddress address = InetAddress.getLoopbackAddress();
        return start(
                startTls
                        ? InMemoryListenerConfig.createLDAPConfig("tls", address, 0, tls.createSSLSocketFactory())
                        : InMemoryListenerConfig.createLDAPSConfig(
                                "tls", address, 0, tls.createSSLServerSocketFactory(), null));
    }

    private static TestDirectory start(InMemoryListenerConfig listener) throws Exception {
        InMemoryDirectoryServerConfig config = config();
        config.setListenerConfigs(listener);
        return start(config);
    }

    private static InMemoryDirectoryServerConfig config() throws LDAPException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
        config.addAdditionalBindCredentials(ADMIN, PASSWORD);
        config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
        config.setSchema(null);
        return config;
    }

    private static TestDirectory start(InMemoryDirectoryServerConfig config) throws LDAPException, LDIFException {
        TestDirectory directory = new TestDirectory(new InMemoryDirectoryServer(config));
        directory.server.startListening();
        directory.add("dc=example,dc=org", "objectClass: domain");
        directory.add("ou=people,dc=example,dc=org", "objectClass: organizationalUnit");
        directory.add("ou=groups,dc=example,dc=org", "objectClass: organizationalUnit");
        return directory;
    }

    /** Creates a key and its certificate for 127.0.0.1, in {@code keys.p12} and {@code ca.pem}. */
    private static Path keyStore(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("keys.p12");
        String password = new String(STORE_PASSWORD);
        String store12 = store.toString();
        keytool(
                "-genkeypair",
                "-alias",
                "ldap",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-keystore",
                store12,
                "-storepass",
                password);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "ldap",
                "-keystore",
                store12,
                "-storepass",
                password,
                "-file",
                folder.resolve("ca.pem").toString());
        return store;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }

    int port() {
        return server.getListenPort();
    }

    /** @param lines of LDIF */
    void add(String dn, String... lines) throws LDAPException, LDIFException {
        String[] entry = new String[lines.length + 1];
        entry[0] = "dn: " + dn;
        System.arraycopy(lines, 0, entry, 1, lines.length);
        server.add(entry);
    }

    void addUser(String uid, String... lines) throws LDAPException, LDIFException {
        String[] all = new String[lines.length + 2];
        all[0] = "objectClass: inetOrgPerson";
        all[1] = "uid: " + uid;
        System.arraycopy(lines, 0, all, 2, lines.length);
        add("uid=" + uid + ",ou=people,dc=example,dc=org", all);
    }

    void addGroup(String cn, String... lines) throws LDAPException, LDIFException {
        String[] all = new String[lines.length + 2];
        all[0] = "objectClass: groupOfNames";
        all[1] = "cn: " + cn;
        System.arraycopy(lines, 0, all, 2, lines.length);
        add("cn=" + cn + ",ou=groups,dc=example,dc=org", all);
    }

    void delete(String dn) throws LDAPException {
        server.delete(dn);
    }

    void stop() {
        server.shutDown(true);
    }

    @Override
    public void close() {
        stop();
    }
}
