package dev.belfry.host.tls;

import dev.belfry.host.files.TempFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JDK's keytool, as a process: the JDK has no public API that makes certificates. */
final class Keytool {

    private static final long LIMIT_SECONDS = 120;
    private static final String ALIAS = "belfry";
    private static final int DAYS = 365;
    private static final String PASSWORD = "BELFRY_KEYTOOL_PASSWORD";

    private Keytool() {}

    /** A key and its self-signed certificate. */
    record Entry(PrivateKey key, X509Certificate certificate) {
        @Override
        public String toString() {
            return "key of " + certificate.getSubjectX500Principal();
        }
    }

    /** @param folder for temporary files, which only the owner can read */
    static Entry selfSigned(Path folder, AlternativeNames names) throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        try (TempFolder work = TempFolder.in(folder, "keytool")) {
            Path store = work.path().resolve("store.p12");
            run(
                    password,
                    work.path().resolve("output"),
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            ALIAS,
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-validity",
                            String.valueOf(DAYS),
                            "-dname",
                            "CN=Belfry",
                            "-ext",
                            names.extension(),
                            "-ext",
                            "eku=serverAuth",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass:env",
                            PASSWORD));
            return entry(store, password.toCharArray());
        }
    }

    private static void run(String password, Path output, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // Options of this JVM, such as agents, are not for keytool.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().put(PASSWORD, password);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("keytool has not ended within " + LIMIT_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        "keytool failed: " + Files.readString(output).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool was running");
        } finally {
            process.destroyForcibly();
        }
    }

    private static Entry entry(Path file, char[] password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            if (store.getKey(ALIAS, password) instanceof PrivateKey key
                    && store.getCertificate(ALIAS) instanceof X509Certificate certificate) {
                return new Entry(key, certificate);
            }
            throw new IOException("keytool made no key");
        } catch (GeneralSecurityException e) {
            throw new IOException("the key of keytool cannot be read: " + e.getMessage(), e);
        }
    }
}
