package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginSignCommandTest extends CommandSuite {

    @Test
    void aSignedJarIsAcceptedWhereSignaturesAreRequired() throws Exception {
        Path store = folder.resolve("ringer.p12");
        keytool("-genkeypair", "-keyalg", "EC", "-alias", "ringer", "-dname", "CN=ringer", "-keystore", store + "");
        keytool("-exportcert", "-rfc", "-alias", "ringer", "-keystore", store + "", "-file", folder + "/trusted.pem");
        configure("dynamicPlugins: {rootDirectory: plugins, trust: signed, certificates: trusted.pem}");
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isOne();

        assertThat(run("plugins", "sign", jar.toString(), "--keystore", store + "", "--alias", "nobody"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("BELFRY_KEYSTORE_PASSWORD is needed");
        assertThat(runWithPassword("plugins", "sign", "--keystore", store + "", jar.toString()))
                .isZero();
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .as(out.toString())
                .isZero();
    }

    /** In its own process, for a separate environment. */
    private int runWithPassword(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BelfryCommand.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).inheritIO();
        process.environment().put("BELFRY_KEYSTORE_PASSWORD", "changeit");
        process.environment().put("BELFRY_CALLER", folder.toString());
        return process.start().waitFor();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", "changeit"));
        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
    }
}
