package dev.belfry.cli;

import dev.belfry.host.files.UnreadableJar;
import dev.belfry.host.lifecycle.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belfry plugins sign}. */
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description = "Signs a plugin's JAR in place, for hosts where dynamicPlugins.trust is 'signed'.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the JAR is signed", "1:the JAR could not be signed", "2:the command was called wrongly"},
        footer = {
            "%nA key, and its certificate for dynamicPlugins.certificates, with keytool of the JDK:",
            "  keytool -genkeypair -keyalg EC -alias ringer -dname CN=ringer -keystore ringer.p12",
            "  keytool -exportcert -rfc -alias ringer -keystore ringer.p12 -file trusted.pem",
            "%nExample:%n  ./belfry plugins sign --keystore ringer.p12 bell.jar"
        })
final class PluginSignCommand implements Callable<Integer> {

    @Parameters(paramLabel = "JAR", description = "The JAR to sign.")
    private Path jar = Path.of("");

    @Option(names = "--keystore", required = true, paramLabel = "FILE", description = "A PKCS12 keystore.")
    private Path store = Path.of("");

    @Option(names = "--alias", description = "The alias of the key. Default: the only key of the keystore.")
    private @Nullable String alias;

    @Option(
            names = "--password",
            interactive = true,
            arity = "0..1",
            description =
                    "Asks for the password of the keystore. Default: the environment variable BELFRY_KEYSTORE_PASSWORD.")
    private char @Nullable [] password;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, GeneralSecurityException, Refusal {
        Path file = WorkingDirectory.resolveFile(jar, "JAR", spec);
        KeyStore.PrivateKeyEntry key = key();
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try (ZipFile in = new ZipFile(file.toFile());
                OutputStream out = Files.newOutputStream(part)) {
            new JarSigner.Builder(key).build().sign(in, out);
        } catch (ZipException e) {
            Files.deleteIfExists(part);
            throw new Refusal(file + ": " + UnreadableJar.reason(file, e), e);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        spec.commandLine().getOut().println("signed " + file);
        return 0;
    }

    private KeyStore.PrivateKeyEntry key() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        char[] secret = secret();
        Path file = WorkingDirectory.resolveFile(store, "--keystore", spec);
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, secret);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            String reason = e.getCause() instanceof UnrecoverableKeyException
                    ? "the password is wrong"
                    : "it is no PKCS12 keystore";
            throw new ParameterException(spec.commandLine(), "--keystore: " + file + " cannot be read: " + reason, e);
        }
        List<String> aliases = Collections.list(keys.aliases());
        String chosen = alias != null ? alias : aliases.size() == 1 ? aliases.getFirst() : "";
        KeyStore.Entry entry =
                aliases.contains(chosen) ? keys.getEntry(chosen, new KeyStore.PasswordProtection(secret)) : null;
        if (entry instanceof KeyStore.PrivateKeyEntry key) {
            return key;
        }
        throw new ParameterException(
                spec.commandLine(), "--alias must name a key of the keystore; it has " + String.join(", ", aliases));
    }

    private char[] secret() {
        if (password != null) {
            return password;
        }
        String given = System.getenv("BELFRY_KEYSTORE_PASSWORD");
        if (given == null) {
            throw new ParameterException(
                    spec.commandLine(), "--password or the environment's BELFRY_KEYSTORE_PASSWORD is needed");
        }
        return given.toCharArray();
    }
}
