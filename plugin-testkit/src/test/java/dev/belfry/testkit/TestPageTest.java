package dev.belfry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.testkit.echo.EchoPlugin;
import org.junit.jupiter.api.Test;

/** Pages of a plugin on the class path. */
@WithHost(EchoPlugin.class)
class TestPageTest {

    @Test
    void aPageIsLoadedWithItsScriptsAndStyles(TestHost host) {
        TestPage page = host.as("ada").page("/echo");

        assertThat(page.html()).contains("<title>Echo</title>");
        assertThat(page.policy()).startsWith("default-src 'self';");
        assertThat(page.resources()).containsExactly("/echo/app.css", "/echo/app.js?a=1&b=2");
    }

    @Test
    void aScriptThatCannotBeLoadedFailsTheTest(TestHost host) {
        assertThatThrownBy(() -> host.as("ada").page("/echo/broken"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("the page loads /echo/missing.js, which has status 404");
    }

    @Test
    void inlineCodeThatThePolicyForbidsFailsTheTest(TestHost host) {
        assertThatThrownBy(() -> host.as("ada").page("/echo/inline"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("inline code or style, which its policy forbids: <script>");
        assertThat(host.as("ada").page("/echo/lax").html()).contains("Inline");
    }

    @Test
    void aRefusalOrAFileIsNoPage(TestHost host) {
        assertThatThrownBy(() -> host.anonymous().page("/echo/"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("status 401");
        assertThatThrownBy(() -> host.as("ada").page("/echo/app.js"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("content type text/javascript");
    }
}
