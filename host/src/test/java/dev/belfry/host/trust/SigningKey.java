package dev.belfry.host.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** A key with its own certificate, created with the JDK's keytool. */
record SigningKey(KeyStore.PrivateKeyEntry key, Path store, String name) {

    private static final char[] PASSWORD = "changeit".toCharArray();

    // The keys protect nothing, and ten thousand rounds for each key take a tenth of the time of all tests.
    static {
        for (String count : List.of("macIterationCount", "certPbeIterationCount", "keyPbeIterationCount")) {
            System.setProperty("keystore.pkcs12." + count, "1");
        }
    }

    static SigningKey make(Path folder, String name, String... more) {
        return make(folder.resolve(name + ".p12"), name, List.of(more));
    }

    /** A key whose certificate this key has signed. */
    SigningKey issue(Path folder, String child, String... more) {
        try {
            Path copy = Files.copy(store, folder.resolve(child + ".p12"));
            return make(
                    copy,
                    child,
                    Stream.concat(Stream.of("-signer", name), Stream.of(more)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SigningKey make(Path store, String name, List<String> more) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    "-genkeypair",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    new String(PASSWORD),
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name));
            command.addAll(more);
            keytool(command);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD);
            }
            return new SigningKey(
                    (KeyStore.PrivateKeyEntry) keys.getEntry(name, new KeyStore.PasswordProtection(PASSWORD)),
                    store,
                    name);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In this JVM: a process would take a second for each key. With "-debug", a failure is thrown and does not exit. */
    private static void keytool(List<String> arguments) {
        try {
            Class.forName("sun.security.tools.keytool.Main")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) Stream.concat(Stream.of("-debug"), arguments.stream())
                            .toArray(String[]::new));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("keytool " + arguments, e);
        }
    }

    Path sign(Path jar, Path signed) throws IOException {
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key).build().sign(in, out);
            return signed;
        }
    }

    Path writeCertificate(Path file) throws IOException, GeneralSecurityException {
        return Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(key.getCertificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }
}
