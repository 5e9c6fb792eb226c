"""A Modbus slave of the pymodbus project with one value of each type.

usage: pymodbus_slave.py tcp PORT | rtu_tcp PORT | rtu DEVICE | ascii DEVICE
"""

import asyncio
import struct
import sys

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server import StartAsyncSerialServer, StartAsyncTcpServer
from pymodbus.transaction import ModbusAsciiFramer, ModbusRtuFramer, ModbusSocketFramer


def words(form, value):
    """The value as registers, highest word first."""
    packed = struct.pack(">" + form, value)
    return list(struct.unpack(">%dH" % (len(packed) // 2), packed))


def swapped(word):
    """The register with its bytes exchanged."""
    return (word & 0xFF) << 8 | word >> 8


def registers():
    """The same in the holding and in the input table."""
    text = "杆 7".encode("utf-8") + b"\0"
    return {
        0: [500],
        1: words("h", -101),
        2: words("i", -123456789),
        4: words("I", 4000000000),
        6: words("q", -1234567890123456789),
        10: words("Q", 9000000000000000000),
        14: words("f", 230.2),
        16: words("d", 3.141592653589793),
        20: list(struct.unpack(">3H", text)),
        24: words("f", -0.5)[::-1],
        26: [swapped(word) for word in words("i", 19088743)],
        28: [swapped(word) for word in words("q", 81985529216486895)[::-1]],
        100: list(range(100, 300)),
    }


async def main():
    """Serves until killed."""
    unit = ModbusSlaveContext(
        co=ModbusSparseDataBlock({0: [1, 0, 0, 1, 1, 0, 1, 0, 1, 1]}),
        di=ModbusSparseDataBlock({0: [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]}),
        hr=ModbusSparseDataBlock(registers()),
        ir=ModbusSparseDataBlock(registers()),
        zero_mode=True,
    )
    context = ModbusServerContext(slaves={1: unit}, single=False)
    mode, where = sys.argv[1:]
    if mode in ("tcp", "rtu_tcp"):
        framer = ModbusSocketFramer if mode == "tcp" else ModbusRtuFramer
        await StartAsyncTcpServer(context, framer=framer, address=("127.0.0.1", int(where)))
    else:
        await StartAsyncSerialServer(
            context,
            framer=ModbusRtuFramer if mode == "rtu" else ModbusAsciiFramer,
            port=where,
            baudrate=9600,
            ignore_missing_slaves=True,
        )


asyncio.run(main())
