package dev.belfry.notifications.sending;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionUrlsTest {

    private final ActionUrls urls = new ActionUrls(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "catalog/x",
                "/x",
                "?tab=1",
                "#x",
                "/a:b",
                "?a:b",
                "#a:b",
                "a/b:c",
                "./a:b",
                "/größe",
                "/a//b",
                "http://foo.bar",
                "HTTPS://foo.bar/a?b#c",
                "mailto:ada@example.org",
                "tel:+49-30-1",
                "https://foo.bar/a\\b",
                "https://foo.bar:8080?x=[",
                "http://foo_bar:/#[",
                "http://bücher.example/a b|c",
                "http://ada@[2001:db8::1]:80/x"
            })
    void takesWhatLeadsWithinTheSiteOrByAnAllowedScheme(String url) {
        assertThatCode(() -> urls.check("url", url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "ftp://foo.bar",
                "file:///etc",
                "1a:b",
                "a b:c",
                "böse:x",
                ":x"
            })
    void refusesOtherSchemesAndNamesTheAllowedOnes(String url) {
        assertThatThrownBy(() -> urls.check("actions[2].url", url))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("actions[2].url '" + url + "'")
                .hasMessageContaining("http, https, mailto, tel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/\u202egnp", "/a\u200b", "/a\u2066b", "/\ufeff"})
    void rejectsCharactersThatDeceiveThePersonWhoReadsTheUrl(String url) {
        assertThatThrownBy(() -> urls.check("url", url)).hasMessageContaining("invisible characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "a\\b"})
    void rejectsUrlsThatABrowserResolvesToAnotherSite(String url) {
        assertThatThrownBy(() -> urls.check("url", url)).hasMessageContaining("would lead elsewhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://[",
                "http://[]",
                "https://[::1",
                "https://[::1]x",
                "https://[::g]/x",
                "https://[1.2.3.4]",
                "https://[fe80::1%lo]",
                "http:",
                "http:/x",
                "http:foo.bar",
                "http://",
                "HTTPS:///x",
                "http://?x",
                "http://ada@",
                "http://:80",
                "http://a b/x",
                "http://a<b>",
                "http://a|b",
                "http://foo.bar:x",
                "http://foo.bar:65536",
                "http://foo.bar:123456",
                "http://foo]bar"
            })
    void rejectsAddressesThatABrowserCannotParse(String url) {
        assertThatThrownBy(() -> urls.check("actions[0].url", url))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("actions[0].url '" + url + "' must have the form http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java\tscript:alert(1)", "/a\nb", "\u0001javascript:x", "/\u007F", "/\u0085"})
    void rejectsControlCharacters(String url) {
        assertThatThrownBy(() -> urls.check("url", url))
                .hasMessageContaining("must not have control characters")
                .hasMessageContaining("\\u00");
    }

    @ParameterizedTest
    @ValueSource(strings = {" javascript:alert(1)", " //evil.example", "/x ", "\u3000/x"})
    void rejectsWhiteSpaceAtTheEnds(String url) {
        assertThatThrownBy(() -> urls.check("url", url)).hasMessageContaining("white space");
    }

    @Test
    void theConfigurationAllowsFurtherSchemes() {
        ActionUrls more = new ActionUrls(List.of("VSCode"));

        assertThatCode(() -> more.check("url", "vscode://file/x")).doesNotThrowAnyException();
        assertThatThrownBy(() -> more.check("url", "ftp://x")).hasMessageContaining("tel, vscode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http:", "1a", "a b", "ä"})
    void aConfiguredSchemeMustBeValid(String scheme) {
        assertThatThrownBy(() -> new ActionUrls(List.of(scheme)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + scheme + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript", "JavaScript", "data", "vbscript", "blob", "file"})
    void schemesThatRunProgramsCannotBeAllowed(String scheme) {
        assertThatThrownBy(() -> new ActionUrls(List.of(scheme)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not have '" + scheme + "'");
    }
}
