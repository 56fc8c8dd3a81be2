package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordBinderTest {

    @TempDir
    Path folder;

    private ConfigFolder config;

    enum Tone {
        DEEP,
        VERY_HIGH
    }

    record Rope(String colour, int length) {
        Rope {
            if (length < 1) {
                throw new IllegalArgumentException("length must be 1 or more, and is " + length);
            }
        }
    }

    record Bell(
            String name,
            int weight,
            long strokes,
            double pitch,
            boolean cracked,
            Tone tone,
            Duration every,
            Period service,
            Path sample,
            URI maker,
            Rope rope,
            List<Rope> spares,
            Map<String, Integer> hours,
            Set<String> tags,
            Optional<String> motto,
            @Nullable String donor,
            Object inscription) {}

    record Small(String name, int weight, List<Integer> hours) {}

    record Guarded(String password) {
        Guarded {
            throw new IllegalArgumentException("too weak: " + password);
        }
    }

    record Locked(Secret password) {}

    record Odd(Instant when) {}

    record Open(@Nullable Object anything) {}

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder);
    }

    private <T extends Record> T bind(String content, Class<T> type) {
        return config.file("conf/app.yaml", content).load("conf/app.yaml").bind("bell", type);
    }

    private List<String> faults(String content, Class<? extends Record> type) {
        return catchThrowableOfType(ConfigurationException.class, () -> bind(content, type))
                .faults();
    }

    @Test
    void aSecretIsBoundAndNotPrinted() {
        Locked locked = bind("bell: {password: hunter22}", Locked.class);

        assertThat(locked.password()).isEqualTo(Secret.of("hunter22"));
        assertThat(locked.toString()).doesNotContain("hunter22");
    }

    @Test
    void anObjectAroundTheKeysOfASectionIsNamedAsSuch() {
        assertThat(faults("bell: {default: {name: Emma, weight: 3, hours: [], colour: red}}", Small.class))
                .contains(
                        "conf/app.yaml:1: bell.default: unknown key; move its keys one level up; allowed: hours, name,"
                                + " weight")
                .noneMatch(fault -> fault.contains("bell.default.colour"));
    }

    @Test
    void everyDocumentedTypeIsBound() {
        Bell bell = bind("""
                bell:
                  name: Emma
                  weight: 9000
                  strokes: 12345678901
                  pitch: 98.5
                  cracked: false
                  tone: very_high
                  every: PT15M
                  service: P1Y
                  sample: sounds/emma.wav
                  maker: https://bells.example/emma
                  rope: {colour: red, length: 12}
                  spares: [{colour: blue, length: 3}]
                  hours: {noon: 12, six: 6}
                  tags: [old, loud]
                  motto: Vivos voco
                  inscription: {lines: [Anno, 1497], gilded: true, back: null}
                """, Bell.class);

        assertThat(bell)
                .isEqualTo(new Bell(
                        "Emma",
                        9000,
                        12_345_678_901L,
                        98.5,
                        false,
                        Tone.VERY_HIGH,
                        Duration.ofMinutes(15),
                        Period.ofYears(1),
                        folder.resolve("conf/sounds/emma.wav"),
                        URI.create("https://bells.example/emma"),
                        new Rope("red", 12),
                        List.of(new Rope("blue", 3)),
                        Map.of("noon", 12, "six", 6),
                        Set.of("old", "loud"),
                        Optional.of("Vivos voco"),
                        null,
                        Map.of("lines", List.of("Anno", 1497L), "gilded", true)));
    }

    @Test
    void aVariableThatIsNotSetIsAbsentFromAnObjectOfAnyType() {
        assertThat(bind("bell: {anything: {a: '${NOWHERE}', b: 1}}", Open.class).anything())
                .isEqualTo(Map.of("b", 1L));
        assertThat(bind("bell: {anything: '${NOWHERE}'}", Open.class).anything())
                .isNull();
        assertThat(config.warnings()).hasSize(1);
    }

    @Test
    void allProblemsAreReportedWithFileLineAndPath() {
        assertThat(faults("""
                        bell:
                          naem: Emma
                          weight: heavy
                          hours: [6, noon, x]
                        """, Small.class))
                .containsExactly(
                        "conf/app.yaml:2: bell.naem: unknown key; did you mean 'name'? allowed: hours, name, weight",
                        "conf/app.yaml:1: bell.name: is required, and missing",
                        "conf/app.yaml:3: bell.weight: must be a whole number, not 'heavy'",
                        "conf/app.yaml:4: bell.hours[1]: must be a whole number, not 'noon'",
                        "conf/app.yaml:4: bell.hours[2]: must be a whole number, not 'x'");
    }

    @Test
    void aMissingSectionIsAnEmptyOne() {
        assertThat(faults("other: {}", Small.class))
                .hasSize(2)
                .allMatch(fault -> fault.startsWith("the configuration has no section 'bell': bell.")
                        && fault.endsWith("is required, and missing"));
    }

    @Test
    void aSectionThatIsNotAnObjectIsAProblem() {
        assertThat(faults("bell: [x]", Small.class)).contains("conf/app.yaml:1: bell: must be an object, not an array");
    }

    @Test
    void anObjectInsteadOfAStringIsAProblem() {
        assertThat(faults("bell: {name: {a: b}, weight: 1}", Small.class))
                .containsExactly("conf/app.yaml:1: bell.name: must be a string, not an object");
    }

    @Test
    void anExceptionOfTheRecordIsAProblemOfItsSection() {
        record Hung(Rope rope) {}

        assertThat(faults("bell:\n  rope: {colour: red, length: 0}", Hung.class))
                .containsExactly("conf/app.yaml:2: bell.rope: length must be 1 or more, and is 0");
    }

    @Test
    void aSecretIsNotRepeatedEvenIfTheRecordRepeatsIt() {
        assertThat(faults("bell: {password: hunter22}", Guarded.class))
                .containsExactly("conf/app.yaml:1: bell: too weak: (hidden)");
    }

    @Test
    void anInvalidValueOfAVariableIsNotRepeated() {
        config.variable("PIN", "s3cret");

        assertThat(faults("bell: {name: x, weight: '${PIN}'}", Small.class))
                .containsExactly(
                        "conf/app.yaml:1: bell.weight: must be a whole number, not the value of the" + " variable PIN");
    }

    @Test
    void aNumberIsAcceptedAsAStringAndKeepsItsSpelling() {
        assertThat(bind("bell: {name: 007, weight: 1}", Small.class).name()).isEqualTo("007");
        assertThat(bind("bell: {name: 1.10, weight: 1}", Small.class).name()).isEqualTo("1.10");
        assertThat(bind("bell: {name: yes, weight: 1}", Small.class).name()).isEqualTo("yes");
    }

    @Test
    void anUnsupportedComponentTypeIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bind("bell: {when: 2026-01-01T00:00:00Z}", Odd.class))
                .withMessageContaining("bell.when")
                .withMessageContaining("java.time.Instant");
    }
}
