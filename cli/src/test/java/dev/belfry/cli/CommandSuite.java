package dev.belfry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands in a folder with a configuration and the JAR of a plugin. */
abstract class CommandSuite {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = "{\"properties\":{\"tone\":{\"enum\":[\"low\",\"high\"]}}}";

    @TempDir
    Path folder;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    Path jar;

    @BeforeEach
    void writeAJar() {
        jar = probe().writeTo(RunningHost.dropFolder(folder).resolve("probe.jar"));
        configure("");
    }

    static PluginJar probe() {
        return PluginJar.of(ProbePlugin.class, "probe", "1.2.0")
                .attribute("Plugin-Description", "Does everything")
                .attribute("Plugin-Dependencies", "tower?@>=1.0.0")
                .file("META-INF/belfry/config.schema.json", SCHEMA)
                .file("db/sqlite/V1__start.sql", "create table a (b int);")
                .file("openapi.yaml", "openapi: 3.0.3");
    }

    void configure(String more) {
        try {
            Files.writeString(
                    folder.resolve("app.yaml"),
                    "belfry: {dataDirectory: data}\nbackend: {listen: {host: 127.0.0.1, port: 0}}\n" + more
                            + (more.contains("dynamicPlugins") ? "" : "\ndynamicPlugins: {rootDirectory: plugins}\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine command = BelfryCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    String config() {
        return folder.resolve("app.yaml").toString();
    }

    JsonNode json() throws Exception {
        return JSON.readTree(out.toString());
    }

    String drop() {
        return folder.resolve("plugins").toString();
    }
}
