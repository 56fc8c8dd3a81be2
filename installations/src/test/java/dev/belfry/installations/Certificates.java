package dev.belfry.installations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** A self-signed certificate for this machine, made once. */
record Certificates(String certificate, String privateKey) {

    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "self";

    static Certificates shared() {
        return Shared.PAIR;
    }

    private static final class Shared {
        static final Certificates PAIR = make();
    }

    private static Certificates make() {
        try {
            Path folder = Files.createTempDirectory("belfry-certificates");
            Path file = folder.resolve("keys.p12");
            keytool(
                    "-debug",
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-ext",
                    "bc=ca:true",
                    "-validity",
                    "365",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    file.toString());
            KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            Certificates made = new Certificates(
                    pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()),
                    pem(
                            "PRIVATE KEY",
                            store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
            Files.delete(file);
            Files.delete(folder);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("keytool made no certificate", e);
        }
    }

    /** With "-debug", a failure is thrown and does not exit. */
    private static void keytool(String... arguments) throws ReflectiveOperationException {
        Class.forName("sun.security.tools.keytool.Main")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + kind + "-----\n";
    }
}
