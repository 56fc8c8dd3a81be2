package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application of docs/embedding.md, compiled unchanged and run in its own process. */
@Tag("soak")
class EmbeddedApplicationIT {

    private static final Pattern CODE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final String CONFIG = """
            backend: { listen: { host: 127.0.0.1, port: 0 } }
            auth: { providers: { guest: {} } }
            permission: { enabled: false }
            catalog: { locations: [ { target: catalog.yaml } ] }
            """;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void anEmbeddingApplicationServesTheApi() throws Exception {
        compileDocumentedClass();
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/app-config.yaml"), CONFIG);
        Files.writeString(folder.resolve("config/catalog.yaml"), "kind: User\nmetadata: { name: guest }\n");

        Process process = start();
        try {
            String base = addressOf(process) + Setting.BASE;
            String created =
                    send("POST", base, "{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":[\"default/guest\"]}", 200);
            String id = created.replaceFirst(".*\"messageId\":\"([^\"]+)\".*", "$1");
            assertThat(send("GET", base, "", 200)).contains(id);
            assertThat(send("GET", base + "/count?read=false", "", 200)).isEqualTo("{\"count\":1}");
            send("PUT", base + "/read?read=true&messageId=" + id, "", 200);
            assertThat(send("GET", base + "/count?read=false", "", 200)).isEqualTo("{\"count\":0}");
            assertThat(send("POST", base, "{\"origin\":\"o\"}", 400)).contains("InputError");
            assertThat(send("GET", base + "?mesageScope=all", "", 400)).contains("messageScope");
            assertThat(send("DELETE", base, "", 405)).contains("MethodNotAllowedError");
            assertThat(send("GET", addressOfPlugins(base), "", 200)).contains("\"origin\":\"static\"");
        } finally {
            process.destroy();
            assertThat(process.waitFor())
                    .as("stopped by SIGTERM, after its shutdown hook")
                    .isEqualTo(143);
        }
        assertThat(folder.resolve("errors.txt"))
                .as("log of an application without a logging configuration")
                .content()
                .contains(" INFO ")
                .doesNotContain("DEBUG", "jOOQ", "@@@");
    }

    private static String addressOfPlugins(String base) {
        return base.replace(Setting.BASE, "/api/host/plugins");
    }

    private void compileDocumentedClass() throws IOException {
        Matcher code = CODE.matcher(Files.readString(Path.of("..", "docs", "embedding.md")));
        assertThat(code.find()).isTrue();
        Path source = folder.resolve("NotificationCentre.java");
        Files.writeString(source, code.group(1));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int result = compiler.run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-d",
                folder.toString(),
                source.toString());
        assertThat(result).isZero();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        "com.example.NotificationCentre"))
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }

    /** Without the test's own logging configuration. */
    private String classPath() {
        String separator = System.getProperty("path.separator");
        return Stream.of(System.getProperty("java.class.path").split(separator))
                .filter(entry -> !entry.contains("testkit"))
                .collect(Collectors.joining(separator, folder + separator, ""));
    }

    private String addressOf(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("serving ")) {
                return line.substring("serving ".length());
            }
        }
        throw new AssertionError("it did not start: " + Files.readString(folder.resolve("errors.txt")));
    }

    private String send(String method, String address, String body, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }
}
