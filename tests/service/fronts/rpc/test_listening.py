from pathlib import Path

import grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

import stepwire
from stepwire.v1 import env_service_pb2 as pb
from stepwire_service.server import Server
from stepwire_service.settings import Settings
from stepwire_service.sharing import Place
from tests.service.harness import ANYWHERE, Caller, calling, served, serving


async def test_reflection_lists_the_service() -> None:
    async with serving() as server, grpc.aio.insecure_channel(server.address) as channel:
        stub = reflection_pb2_grpc.ServerReflectionStub(channel)
        call = stub.ServerReflectionInfo(iter([reflection_pb2.ServerReflectionRequest(list_services="")]))
        names = [service.name for service in (await call.read()).list_services_response.service]
        assert {"stepwire.v1.EnvService", "grpc.health.v1.Health"} <= set(names)


async def test_a_unix_socket_serves_too(tmp_path: Path) -> None:
    async with serving(address=f"unix:{tmp_path}/socket") as server, calling(server) as caller:
        assert (await caller.call("GetServerInfo", pb.GetServerInfoRequest())).version == stepwire.__version__


async def test_one_of_several_processes_listens_on_what_they_share_and_on_its_own(tmp_path: Path) -> None:
    own = f"unix:{tmp_path}/own"
    settings = Settings(address=ANYWHERE, games_address=ANYWHERE, web_address="")
    async with Server(settings, Place(0, own, (own, "unix:/another"))) as server:
        for address in (server.address, own):
            async with grpc.aio.insecure_channel(address) as channel:
                caller = Caller(channel)
                info = await caller.call("GetServerInfo", pb.GetServerInfoRequest())
                assert list(info.endpoints) == [own, "unix:/another"]
                assert (await caller.make("gym:CartPole-v1")).made.endpoint == own


async def test_a_message_that_grpc_itself_would_refuse_is_refused_and_ends_only_its_call() -> None:
    async with served(max_message_bytes=1000) as caller:
        huge = pb.SpacesRequest(env_id="x" * (2**20 + 2000))
        try:
            await caller.call("Spaces", huge)
        except grpc.aio.AioRpcError as error:
            assert error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        else:
            raise AssertionError("accepted")
        await caller.call("ListEnvs", pb.ListEnvsRequest())
