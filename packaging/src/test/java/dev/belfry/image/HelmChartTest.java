package dev.belfry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The chart in helm/belfry, as Helm's own library reads it; Maven Central has that library for this system only. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class HelmChartTest {

    private static final Path CHART = Path.of("helm", "belfry").toAbsolutePath();
    private static final Path DISTRIBUTION = Path.of(System.getProperty("belfry.distribution"));
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    private Path folder;

    private static TemplateCommand template() {
        return new Helm(CHART).template().withName("center").withKubeVersion("1.31.0");
    }

    private static List<JsonNode> documents(TemplateCommand command) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(command.call())) {
            return documents.readAll();
        }
    }

    private static JsonNode only(String kind, List<JsonNode> documents) {
        List<JsonNode> found = documents.stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .toList();
        assertThat(found).as(kind).hasSize(1);
        return found.getFirst();
    }

    @Test
    void theLinterFindsNothing() {
        LintResult result = new Helm(CHART).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @Test
    void theHostRunsWithoutRightsAndOnAReadOnlyRoot() throws IOException {
        JsonNode pod = only("Deployment", documents(template())).at("/spec/template/spec");
        JsonNode container = pod.path("containers").path(0);

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
        assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(7007);
    }

    /** The container image has the distribution's list of plugins and its plugins, in /opt/belfry. */
    @Test
    void theConfigurationIsWithoutFault() throws IOException, InterruptedException {
        Path values = Files.writeString(folder.resolve("values.yaml"), """
                catalog: |
                  apiVersion: backstage.io/v1alpha1
                  kind: User
                  metadata: { name: ada }
                  spec: { memberOf: [] }
                """);
        JsonNode files =
                only("ConfigMap", documents(template().withValuesFile(values))).path("data");
        for (Map.Entry<String, JsonNode> file : files.properties()) {
            Files.writeString(
                    folder.resolve(file.getKey()),
                    file.getValue().asText().replace("/opt/belfry", DISTRIBUTION.toString()));
        }
        ProcessBuilder check = new ProcessBuilder(
                DISTRIBUTION.resolve("belfry").toString(),
                "config",
                "check",
                "--config",
                folder.resolve("app-config.yaml").toString());
        check.environment()
                .putAll(Map.of(
                        "BELFRY_BASE_URL", "https://belfry.example",
                        "POSTGRES_HOST", "db.example",
                        "POSTGRES_USER", "belfry",
                        "POSTGRES_PASSWORD", "secret",
                        "AUTH_ISSUER", "https://issuer.example",
                        "AUTH_JWKS_URL", "https://issuer.example/jwks.json"));
        Path output = folder.resolve("output");
        Process process =
                check.redirectErrorStream(true).redirectOutput(output.toFile()).start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(output).content().doesNotContain("WARN");
    }

    @Test
    void severalHostsNeedPostgreSql() {
        assertThatThrownBy(() -> template()
                        .set("replicas", 2)
                        .set("config.backend.database.client", "better-sqlite3")
                        .call())
                .hasMessageContaining("several hosts need PostgreSQL");
        assertThatThrownBy(() -> template()
                        .set("replicas", 2)
                        .set("persistence.enabled", true)
                        .call())
                .hasMessageContaining("a volume belongs to one host");
    }

    @Test
    void whatAClusterAsksForCanBeAdded() throws IOException {
        Path values = Files.writeString(folder.resolve("values.yaml"), """
                replicas: 2
                serviceAccountName: notifier
                podLabels: { team: platform }
                podDisruptionBudget: { enabled: true }
                extraVolumes: [{ name: ca, secret: { secretName: ca } }]
                extraVolumeMounts: [{ name: ca, mountPath: /etc/ca, readOnly: true }]
                """);
        List<JsonNode> documents = documents(template().withValuesFile(values));

        JsonNode pod = only("Deployment", documents).at("/spec/template");
        assertThat(pod.at("/metadata/labels/team").asText()).isEqualTo("platform");
        assertThat(pod.at("/spec/serviceAccountName").asText()).isEqualTo("notifier");
        assertThat(pod.at("/spec/volumes").findValuesAsText("secretName")).containsExactly("ca");
        assertThat(pod.at("/spec/containers/0/volumeMounts").findValuesAsText("mountPath"))
                .contains("/etc/ca", "/etc/belfry");
        assertThat(only("PodDisruptionBudget", documents)
                        .at("/spec/selector/matchLabels")
                        .properties())
                .allSatisfy(label -> assertThat(pod.at("/metadata/labels").path(label.getKey()))
                        .isEqualTo(label.getValue()));
    }

    @Test
    void aVolumeAndAnIngressAreOptional() throws IOException {
        List<JsonNode> documents = documents(template()
                .set("persistence.enabled", true)
                .set("ingress.enabled", true)
                .set("ingress.host", "a.example"));

        JsonNode claim = only("PersistentVolumeClaim", documents);
        JsonNode deployment = only("Deployment", documents);
        assertThat(deployment.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
        assertThat(deployment.at("/spec/template/spec/volumes").findValuesAsText("claimName"))
                .containsExactly(claim.at("/metadata/name").asText());
        assertThat(only("Ingress", documents).at("/spec/rules/0/host").asText()).isEqualTo("a.example");
    }
}
