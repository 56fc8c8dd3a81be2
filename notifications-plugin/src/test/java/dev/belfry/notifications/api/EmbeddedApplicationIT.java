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
import java.util.ArrayList;
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

    /** A class after its file name. */
    private static final Pattern CODE = Pattern.compile(
            "\\*\\*src/main/java/com/example/(\\w+\\.java)\\*\\*\\n\\n```java\\n(.*?)```", Pattern.DOTALL);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void anEmbeddingApplicationServesTheApi() throws Exception {
        compileDocumentedClasses();

        Process process = start();
        try {
            String base = addressOf(process) + Setting.BASE;
            send("POST", base.replace(Setting.BASE, "/api/shop/orders/guest"), "", 200);
            assertThat(send("POST", base.replace(Setting.BASE, "/api/shop/orders/nobody"), "", 400))
                    .contains("nobody");
            String listed = send("GET", base, "", 200);
            assertThat(listed).contains("\"title\":\"Your order is on its way\"", "\"origin\":\"plugin:shop\"");
            String id = listed.replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
            assertThat(send("GET", base + "/count?read=false", "", 200)).isEqualTo("{\"count\":1}");
            send("PUT", base + "/read?read=true&messageId=" + id, "", 200);
            assertThat(send("GET", base + "/count?read=false", "", 200)).isEqualTo("{\"count\":0}");
            assertThat(send("GET", base + "?mesageScope=all", "", 400)).contains("messageScope");
            assertThat(send("DELETE", base, "", 405)).contains("MethodNotAllowedError");
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

    private void compileDocumentedClasses() throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-cp", System.getProperty("java.class.path"), "-proc:none", "-d", folder.toString()));
        Matcher code = CODE.matcher(Files.readString(Path.of("..", "docs", "embedding.md")));
        while (code.find()) {
            Path source = folder.resolve(code.group(1));
            Files.writeString(source, code.group(2));
            arguments.add(source.toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private Process start() throws IOException {
        ProcessBuilder process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        "com.example.ShopApplication"))
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors.txt").toFile());
        process.environment().put("APP_CONFIG_backend_listen_port", "0");
        return process.start();
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
