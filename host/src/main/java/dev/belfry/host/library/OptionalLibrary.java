package dev.belfry.host.library;

import org.slf4j.LoggerFactory;

/** A library that an embedding application can leave out. What needs it then says so. */
public enum OptionalLibrary {
    POSTGRESQL("org.postgresql:postgresql", "org/postgresql/Driver.class"),
    FLYWAY_POSTGRESQL(
            "org.flywaydb:flyway-database-postgresql", "org/flywaydb/database/postgresql/PostgreSQLDatabaseType.class"),
    JCASBIN("org.casbin:jcasbin", "org/casbin/jcasbin/main/Enforcer.class"),
    /** The reader of policies needs it, through commons-csv. */
    COMMONS_CODEC("commons-codec:commons-codec", "org/apache/commons/codec/binary/Base64OutputStream.class"),
    SHARK("com.squareup.leakcanary:shark", "shark/HeapAnalyzer.class"),
    SWAGGER_UI("org.webjars:swagger-ui", "META-INF/maven/org.webjars/swagger-ui/pom.properties");

    private final String coordinates;
    private final boolean isPresent;

    OptionalLibrary(String coordinates, String file) {
        this.coordinates = coordinates;
        this.isPresent = OptionalLibrary.class.getClassLoader().getResource(file) != null;
    }

    public boolean isPresent() {
        return isPresent;
    }

    /** A clause for messages. */
    public String need() {
        return "needs the library " + coordinates + ", which is not on the class path: add it";
    }

    /** Whether SLF4J logs through Logback, which an application can replace by another library. */
    public static boolean isLogbackInUse() {
        return LoggerFactory.getILoggerFactory().getClass().getName().equals("ch.qos.logback.classic.LoggerContext");
    }
}
