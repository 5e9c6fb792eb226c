package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The bundles of the assembled folder fit together. */
final class FrameworkIT {
  @TempDir Path folder;

  @Test
  void everyBundleIsActiveAndEveryComponentSatisfied() throws Exception {
    Files.writeString(folder.resolve("pole.yaml"), "pole: {id: pole-1}\n");
    Map<String, String> properties = new HashMap<>();
    properties.put("polegate.data", Files.createDirectories(folder.resolve("data")).toString());
    properties.put("polegate.plugins", folder.resolve("data/plugins").toString());
    properties.put("polegate.config", folder.toString());
    properties.put("polegate.version", "test");
    properties.put("org.apache.felix.http.host", "127.0.0.1");
    properties.put("org.osgi.service.http.port", Integer.toString(Ports.free()));
    properties.put(
        "polegate.extra-packages",
        ",org.osgi.service.component.runtime;version=1.5,org.osgi.service.component.runtime.dto;version=1.5");
    Path home = GatewayProcess.HOME;
    GatewayFramework gateway =
        GatewayFramework.start(
            folder.resolve("cache"),
            properties,
            List.of(
                home.resolve("bundles"),
                home.resolve("drivers"),
                home.resolve("bundles/run"),
                home.resolve("bundles/last")));
    try {
      BundleContext context = gateway.framework().getBundleContext();
      assertThat(Arrays.stream(context.getBundles()).filter(b -> b.getState() != Bundle.ACTIVE))
          .isEmpty();
      // the console waits for the configuration, which is offered once a document is in force
      assertThat(gateway.call("run")).isZero();
      assertComponentsSatisfied(context);
    } finally {
      gateway.stop();
    }
  }

  private static void assertComponentsSatisfied(BundleContext context) {
    ServiceReference<ServiceComponentRuntime> reference =
        context.getServiceReference(ServiceComponentRuntime.class);
    ServiceComponentRuntime runtime = context.getService(reference);
    assertThat(runtime.getComponentDescriptionDTOs()).hasSizeGreaterThan(8);
    for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs()) {
      assertThat(runtime.getComponentConfigurationDTOs(component))
          .as(component.name)
          .isNotEmpty()
          .allSatisfy(
              configuration ->
                  assertThat(configuration.state)
                      .isIn(ComponentConfigurationDTO.SATISFIED, ComponentConfigurationDTO.ACTIVE));
    }
  }
}
