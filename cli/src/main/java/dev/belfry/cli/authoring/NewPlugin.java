package dev.belfry.cli.authoring;

import dev.belfry.host.HostVersion;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.names.HostNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * Generates the project of a new plugin.
 *
 * @param id the plugin's id
 * @param packageName package of its classes
 * @param group group of the Maven or Gradle project
 * @param withNotifications whether it sends notifications
 * @param buildTool builds it
 * @param home Belfry's home, with its artifacts in {@code maven}
 */
public record NewPlugin(
        String id, String packageName, String group, boolean withNotifications, BuildTool buildTool, Path home) {

    private static final Pattern PACKAGE = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)*");
    /** Of two plugins with one id, a host runs one. */
    private static final Set<String> SHIPPED =
            Set.of("notifications", "inbox", "hello", "catalog-keycloak", "catalog-ldap", "catalog-scim");

    private static final String JUNIT = "6.1.3";
    private static final String SHADOW = "9.6.1";

    /** Shadow needs 9.2, and Java 25 needs 9.1. */
    private static final String GRADLE = "9.2";

    /** The folder of the project with Belfry's artifacts. */
    private static final String REPOSITORY = "belfry-repository";

    private static final String NOTIFICATIONS_DEPENDENCY = """

                    <!-- The exported packages of notifications. The plugin itself runs in the host. -->
                    <dependency>
                        <groupId>dev.belfry</groupId>
                        <artifactId>notifications-plugin</artifactId>
                        <version>${belfry.version}</version>
                        <scope>provided</scope>
                    </dependency>
            """;

    private static final String GRADLE_NOTIFICATIONS_DEPENDENCY = """

                // The exported packages of notifications. The plugin itself runs in the host.
                compileOnly "dev.belfry:notifications-plugin:$belfryVersion"
                testImplementation "dev.belfry:notifications-plugin:$belfryVersion"
            """;

    /** @throws IllegalArgumentException naming the invalid value, and the rule */
    public NewPlugin {
        if (!Descriptor.isId(id)) {
            throw new IllegalArgumentException("the name '" + id
                    + "' must have 1 to 63 of the characters a-z, 0-9 and '-', and begin with a letter");
        }
        if (HostNames.isReserved(id)) {
            throw new IllegalArgumentException("the name '" + id + "' is reserved for the host; choose another");
        }
        if (SHIPPED.contains(id)) {
            throw new IllegalArgumentException(
                    "the name '" + id + "' is the id of a plugin that Belfry has; choose another");
        }
        requireParts("package", packageName);
        for (String part : packageName.split("\\.")) {
            if (SourceVersion.isKeyword(part)) {
                throw new IllegalArgumentException("the package '" + packageName + "' cannot have the part '" + part
                        + "', a keyword of Java; choose another");
            }
        }
        if (packageName.equals("java") || packageName.startsWith("java.")) {
            // Class loaders of applications refuse such classes.
            throw new IllegalArgumentException(
                    "the package '" + packageName + "' is reserved for Java; choose another");
        }
        requireParts("group", group);
    }

    private static void requireParts(String what, String name) {
        if (!PACKAGE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the " + what + " '" + name + "' must have parts such as org.example.bell:"
                            + " each of the lower-case letters a-z, 0-9 and '_', and not beginning with a digit");
        }
    }

    /** The default package. Keywords of Java get a '_', as the Java Language Specification (6.1) recommends. */
    public static String packageFor(String id) {
        String part = id.replace("-", "_");
        return "plugins." + (SourceVersion.isKeyword(part) ? part + "_" : part);
    }

    /**
     * Writes the project.
     *
     * @param folder must be missing or empty
     * @throws IllegalArgumentException when it is not
     */
    public void writeTo(Path folder) throws IOException {
        requireEmpty(folder);
        artifacts().copyTo(folder.resolve(REPOSITORY));
        for (Map.Entry<String, String> file : files().entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.resolveSibling(""));
            Files.writeString(target, filled(Templates.read(file.getValue())));
        }
        if (buildTool == BuildTool.MAVEN) {
            writeMavenWrapper(folder);
        }
    }

    private static void writeMavenWrapper(Path folder) throws IOException {
        Path wrapper = folder.resolve("mvnw");
        Files.writeString(wrapper, Templates.read("mvnw"));
        // For group and others as well, as far as they may read it.
        if (!wrapper.toFile().setExecutable(true, false)) {
            throw new IOException(wrapper + " cannot be made executable");
        }
        Path properties = folder.resolve(".mvn/wrapper/maven-wrapper.properties");
        Files.createDirectories(properties.resolveSibling(""));
        Files.writeString(properties, Templates.read(".mvn/wrapper/maven-wrapper.properties"));
    }

    private BelfryArtifacts artifacts() {
        List<String> names = new ArrayList<>(BelfryArtifacts.OF_PLUGINS);
        if (withNotifications) {
            names.add("notifications-plugin");
        }
        return new BelfryArtifacts(home.resolve("maven"), names);
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new IllegalArgumentException(folder + " is there and not empty; nothing is overwritten");
            }
        }
    }

    private Map<String, String> files() {
        String sources = packageName.replace('.', '/') + "/" + className();
        Map<String, String> files = new LinkedHashMap<>();
        switch (buildTool) {
            case MAVEN -> {
                files.put("pom.xml", "pom.xml.txt");
                files.put("README.md", "README.md.txt");
                files.put(".gitignore", "gitignore.txt");
                files.put("src/main/resources/META-INF/MANIFEST.MF", "MANIFEST.MF.txt");
            }
            case GRADLE -> {
                files.put("build.gradle", "build.gradle.txt");
                files.put("settings.gradle", "settings.gradle.txt");
                files.put("README.md", "gradle-README.md.txt");
                files.put(".gitignore", "gradle-gitignore.txt");
            }
        }
        files.put(
                "src/main/java/" + sources + "Plugin.java",
                withNotifications ? "NotifyingPlugin.java.txt" : "Plugin.java.txt");
        files.put("src/main/java/" + sources + "Config.java", "Config.java.txt");
        files.put(
                "src/test/java/" + sources + "PluginTest.java",
                withNotifications ? "NotifyingTest.java.txt" : "Test.java.txt");
        files.put("src/test/java/" + sources + "PluginIT.java", "JarTest.java.txt");
        files.put("src/main/resources/META-INF/belfry/config.schema.json", "config.schema.json.txt");
        files.put("src/main/resources/META-INF/services/dev.belfry.api.Plugin", "service.txt");
        return files;
    }

    /** Converts {@code two-bells} to {@code TwoBells}. */
    private String className() {
        return Arrays.stream(id.split("-"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.joining());
    }

    private String filled(String template) {
        return template.replace("@pom-dependencies@", withNotifications ? NOTIFICATIONS_DEPENDENCY : "")
                .replace("@gradle-dependencies@", withNotifications ? GRADLE_NOTIFICATIONS_DEPENDENCY : "")
                .replace(
                        "@gradle-plugin-dependencies@",
                        withNotifications ? "                'Plugin-Dependencies': 'notifications',\n" : "")
                .replace("@plugin-dependencies@", withNotifications ? "Plugin-Dependencies: notifications\n" : "")
                .replace(
                        "@jar-test-import@",
                        withNotifications ? "import dev.belfry.notifications.NotificationsPlugin;\n" : "")
                .replace(
                        "@jar-test-plugins@",
                        withNotifications ? "\n                .andPlugin(NotificationsPlugin.class)" : "")
                .replace("@id@", id)
                .replace("@class@", className())
                .replace("@package@", packageName)
                .replace("@group@", group)
                .replace("@version@", HostVersion.current())
                .replace("@api@", HostVersion.current().replaceFirst("-.*", ""))
                .replace("@junit@", JUNIT)
                .replace("@shadow@", SHADOW)
                .replace("@gradle@", GRADLE)
                .replace("@repository@", REPOSITORY);
    }
}
