// A node-opcua server with a few variables. Usage: node server.js PORT FOLDER NAMESPACE...
// It prints "ready" and stops when its input ends.
const path = require("node:path");
const opcua = require("node-opcua-server");
const { OPCUACertificateManager } = require("node-opcua-certificate-manager");
const { nodesets } = require("node-opcua-nodesets");
const { StatusCodes } = require("node-opcua-status-code");
const { DataType, Variant } = require("node-opcua-variant");

const [port, folder, ...namespaces] = process.argv.slice(2);
const LAMP = "urn:lamp";

async function main() {
  const server = new opcua.OPCUAServer({
    port: Number(port),
    host: "127.0.0.1",
    hostname: "127.0.0.1",
    nodeset_filename: [nodesets.standard],
    serverCertificateManager: new OPCUACertificateManager({
      rootFolder: path.join(folder, "pki"),
      automaticallyAcceptUnknownCertificate: true,
    }),
    userManager: { isValidUser: (name, password) => name === "pole" && password === "secret" },
    serverCapabilities: { operationLimits: { maxNodesPerRead: 5 } },
    alternateHostname: ["127.0.0.1"],
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  namespaces.forEach((uri) => space.registerNamespace(uri));
  const lamp = space.getNamespace(LAMP);
  const folderNode = lamp.addFolder("ObjectsFolder", { browseName: "Lamp" });
  const variable = (name, dataType, value) =>
    lamp.addVariable({
      organizedBy: folderNode,
      browseName: name,
      nodeId: `s=${name}`,
      dataType,
      value: { dataType: DataType[dataType], value },
    });
  variable("Level", "Byte", 50);
  variable("Dim", "Byte", 0);
  lamp.addAnalogDataItem({
    organizedBy: folderNode,
    browseName: "Ranged",
    nodeId: "s=Ranged",
    dataType: "Double",
    engineeringUnitsRange: { low: 0, high: 200 },
    value: { dataType: DataType.Double, value: 100 },
  });
  variable("Power", "Double", 41.5);
  variable("On", "Boolean", true);
  variable("Name", "String", "路灯 7");
  variable("Serial", "UInt32", 4000000000);
  variable("Raw", "ByteString", Buffer.from("c0ffee", "hex"));
  const broken = variable("Broken", "Double", 0);
  broken.setValueFromSource(
    new Variant({ dataType: DataType.Double, value: 0 }), StatusCodes.BadSensorFailure);
  let count = 0;
  const counter = variable("Counter", "Int32", 0);
  setInterval(
    () => counter.setValueFromSource({ dataType: DataType.Int32, value: ++count }), 50).unref();
  await server.start();
  console.log("ready");
  process.stdin.resume();
  process.stdin.on("end", () => server.shutdown(10).then(() => process.exit(0)));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
