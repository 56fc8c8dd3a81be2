package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.api.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and keys as Backstage's own reader accepts them. */
class BackstageValuesTest {

    record Section(Optional<Boolean> flag, Optional<Duration> time, Optional<String> text, List<String> names) {}

    @TempDir
    Path folder;

    private ConfigFolder config;

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder);
    }

    private Section bind(String section, String content) {
        return config.file("app.yaml", section + ": {" + content + "}")
                .load("app.yaml")
                .bind(section, Section.class);
    }

    private List<String> faults(String section, String content) {
        return catchThrowableOfType(ConfigurationException.class, () -> bind(section, content))
                .faults();
    }

    @ParameterizedTest
    @CsvSource({"yes, true", "On, true", "1, true", "y, true", "TRUE, true", "'\"no\"', false", "off, false", "0, false"
    })
    void booleansHaveManySpellings(String written, boolean meaning) {
        assertThat(bind("hello", "flag: " + written).flag()).contains(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "P1Y, P365D",
        "P1M, P30D",
        "P1Y2M3DT4H, PT10276H",
        "PT90S, PT90S",
        "1y, PT8766H",
        "90d, P90D",
        "2 hours, PT2H",
        "1.5h, PT90M",
        "250ms, PT0.25S",
        "{days: 30}, P30D",
        "'{hours: 1, minutes: 30}', PT90M"
    })
    void durationsHaveManySpellings(String written, Duration meaning) {
        assertThat(bind("hello", "time: " + written).time()).contains(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "catalog-keycloak, perhaps",
        "connection, perhaps",
        "hello, perhaps",
        "keys, a string",
        "tokens, a string"
    })
    void aWrongValueIsShownUnlessItMayBeSecret(String section, String shown) {
        assertThat(faults(section, "flag: perhaps"))
                .containsExactly("app.yaml:1: " + section + ".flag: must be a boolean, not "
                        + (shown.equals("perhaps") ? "'perhaps'" : shown));
    }

    @Test
    void falseInPlaceOfADurationMeansNone() {
        assertThat(bind("hello", "time: false").time()).isEmpty();
    }

    /** In a map, an entry that is none differs from no entry. */
    record Times(Map<String, Optional<Duration>> optional, Map<String, Duration> required) {}

    @Test
    void falseInAMapMeansNoneIfTheDurationsAreOptional() {
        config.file("app.yaml", "hello: {optional: {a: false, b: 1h, c: }}")
                .file("other.yaml", "hello: {required: {a: false}}");

        assertThat(config.load("app.yaml").bind("hello", Times.class).optional())
                .containsOnly(Map.entry("a", Optional.empty()), Map.entry("b", Optional.of(Duration.ofHours(1))));
        assertThatThrownBy(() -> config.load("other.yaml").bind("hello", Times.class))
                .hasMessageContaining("hello.required.a: must be a duration");
    }

    /** A number without a unit could be seconds or milliseconds. */
    @ParameterizedTest
    @ValueSource(strings = {"30", "soon", "1 fortnight", "true", "{}", "P", "99999999999y"})
    void anythingElseIsNoDuration(String written) {
        assertThat(faults("hello", "time: " + written))
                .singleElement()
                .asString()
                .startsWith("app.yaml:1: hello.time: must be a duration such as PT10S, 10s or {seconds: 10}, not");
    }

    @Test
    void theWrongPartOfADurationIsNamed() {
        assertThat(faults("hello", "time: {days: \"30\", hour: 1, minutes: many, fortnights: 2}"))
                .containsExactly(
                        "app.yaml:1: hello.time.hour: unknown unit; did you mean 'hours'?",
                        "app.yaml:1: hello.time.minutes: must be a number such as 30, not 'many'",
                        "app.yaml:1: hello.time.fortnights: unknown unit; allowed: days, hours, milliseconds, minutes,"
                                + " months, seconds, weeks, years");
    }

    @Test
    void blanksInReferencesAreAllowed() {
        config.variable("NAME", "ada");

        assertThat(bind("hello", "text: 'Hi ${ NAME } and ${ MISSING :- bob }'").text())
                .contains("Hi ada and bob");
    }

    @Test
    void aReferenceThatNamesNoVariableIsAProblem() {
        assertThat(faults("hello", "text: '${user.name}'"))
                .containsExactly("app.yaml:1: hello.text: '${user.name}' names no environment variable; write"
                        + " $${user.name} for the text itself");
    }

    @Test
    void anOptionalKeyWithAnUnsetVariableIsAbsentAndAWarning() {
        assertThat(bind("hello", "text: '${MISSING}', time: {$env: MISSING}"))
                .isEqualTo(new Section(Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
        assertThat(config.warnings())
                .containsExactly(
                        "app.yaml:1: hello.time: the environment variable MISSING is not set; the key counts as absent",
                        "app.yaml:1: hello.text: the environment variable MISSING is not set; set it, or write"
                                + " ${MISSING:-default}; the key counts as absent");
    }

    @Test
    void anUnknownKeyOfABackstageSectionIsAWarning() {
        bind("notifications", "channels: {email: {sender: x}}, priority: 10");

        assertThat(config.warnings())
                .containsExactly(
                        "app.yaml:1: notifications.channels: unknown key, which has no effect",
                        "app.yaml:1: notifications.priority: unknown key, which has no effect");
    }

    @Test
    void keysOfBackstagesNotificationsAreKnown() {
        bind("notifications", "processors: {slack: [{token: x}]}, concurrencyLimit: 10, throttleInterval: 1s");

        assertThat(config.warnings())
                .satisfiesExactlyInAnyOrder(
                        processors -> assertThat(processors)
                                .startsWith(
                                        "app.yaml:1: notifications.processors: has no effect: Belfry sends no e-mail"),
                        limit -> assertThat(limit)
                                .startsWith("app.yaml:1: notifications.concurrencyLimit: has no effect: there are no"
                                        + " processors"),
                        interval -> assertThat(interval)
                                .startsWith("app.yaml:1: notifications.throttleInterval: has no effect: there are no"
                                        + " processors"));
    }

    @Test
    void anUnknownKeyOfABackstageSectionIsNamedWithTheNearOne() {
        record Limits(Optional<Duration> retentionOfAll) {}
        config.file("app.yaml", "notifications: {retentionForEach: 1y, retentionOfxxx: 1y}")
                .load("app.yaml")
                .bind("notifications", Limits.class);

        assertThat(config.warnings())
                .containsExactly(
                        "app.yaml:1: notifications.retentionForEach: unknown key, which has no effect",
                        "app.yaml:1: notifications.retentionOfxxx: unknown key, which has no effect; did you mean"
                                + " 'retentionOfAll'?");
    }

    @Test
    void aMisspelledKeyOfABackstageSectionIsAProblem() {
        assertThat(faults("notifications", "txet: x"))
                .containsExactly("app.yaml:1: notifications.txet: unknown key; did you mean 'text'? allowed: flag,"
                        + " names, text, time");
    }

    @Test
    void anUnknownKeyOfAnotherSectionIsAProblem() {
        assertThat(faults("hello", "processors: x")).hasSize(1);
    }
}
