package dev.belfry.host.lifecycle;

/**
 * Why a plugin does not run, in one of a few classes that every client may know. The exact reason is for operators: it
 * can name files, values and addresses.
 */
public enum FailureClass {
    CONFIGURATION("its configuration is wrong"),
    DATABASE("its database cannot be used"),
    INCOMPATIBLE("it does not fit this host"),
    NOT_ALLOWED("this host does not allow it"),
    CANNOT_START("it cannot start");

    private final String description;

    FailureClass(String description) {
        this.description = description;
    }

    /** For a sentence such as "plugin 'x' has failed: its configuration is wrong". */
    public String description() {
        return description;
    }
}
