import { createHash } from 'node:crypto'
import type { CorpusPackage } from '../install.ts'
import { markedRow as one } from './row.ts'

const PYDANTIC = 'from pydantic import BaseModel'
const X509 = 'import cryptography.x509'
const ETREE = 'import lxml.etree'
const IMAGE = 'import PIL.Image'
const DESCRIPTOR = 'import google.protobuf.descriptor_pb2'
const POWERTOOLS = 'from aws_lambda_powertools import Logger, Tracer, Metrics'

// The top of the most downloaded packages with native code, in versions that no other list has, alone and as layers combine
// them. Executed before anybody judged any of them, and judged once.
const PACKAGES: readonly CorpusPackage[] = [
  one('numpy==1.24.3', 'numpy'),
  one('numpy==2.2.4 boto3==1.37.11', 'numpy boto3'),
  one('pandas==2.1.3', 'pandas numpy'),
  one('pandas==2.3.2 sqlalchemy==2.0.42 pymysql==1.1.0', 'pandas sqlalchemy pymysql'),
  one('scipy==1.12.0', 'scipy', 'import scipy.linalg', 'import scipy.stats'),
  one('scikit-learn==1.4.2', 'sklearn', 'import sklearn.linear_model'),
  one('pydantic==2.6.3', 'pydantic', PYDANTIC),
  one('pydantic==2.11.4 aws-lambda-powertools==3.12.0', 'pydantic aws_lambda_powertools', PYDANTIC),
  one('pydantic==2.10.2 fastapi==0.115.5 mangum==0.18.0', 'pydantic fastapi mangum', PYDANTIC),
  one('cryptography==42.0.7', 'cryptography', X509),
  one('cryptography==45.0.5 pyjwt==2.10.1 requests==2.32.4', 'cryptography jwt requests', X509),
  one('cryptography==41.0.4 boto3==1.26.80', 'cryptography boto3', X509),
  one('cffi==1.17.0', 'cffi', 'from cffi import FFI; FFI()'),
  one('pillow==10.0.0', 'PIL', IMAGE),
  one('pillow==11.2.1 requests==2.32.3 boto3==1.38.0', 'PIL requests boto3', IMAGE),
  one('lxml==5.3.1 beautifulsoup4==4.13.3', 'lxml bs4', ETREE),
  one('lxml==4.9.4', 'lxml', ETREE),
  one('psycopg2-binary==2.9.9 aws-lambda-powertools==2.40.1', 'psycopg2'),
  one('psycopg2-binary==2.9.5 sqlalchemy==2.0.31', 'psycopg2 sqlalchemy'),
  one('psycopg[binary]==3.2.9', 'psycopg', 'import psycopg.pq; assert psycopg.pq.__impl__ == "binary"'),
  one('orjson==3.10.12', 'orjson'),
  one('orjson==3.10.15 fastapi==0.110.0 mangum==0.17.0', 'orjson fastapi mangum'),
  one('grpcio==1.58.0', 'grpc'),
  one('grpcio==1.70.0 protobuf==6.30.2 googleapis-common-protos==1.69.2', 'grpc google.protobuf', DESCRIPTOR),
  one('pyarrow==16.1.0', 'pyarrow', 'import pyarrow.parquet'),
  one('aiohttp==3.12.13', 'aiohttp'),
  one('aiohttp==3.11.13 aiobotocore==2.21.1', 'aiohttp aiobotocore', 'import aiobotocore.session'),
  one('yarl==1.20.0 multidict==6.2.0', 'yarl multidict'),
  one('frozenlist==1.5.0', 'frozenlist'),
  one('markupsafe==3.0.1 jinja2==3.1.5 flask==3.1.0', 'markupsafe jinja2 flask'),
  one('pyyaml==6.0.3 boto3==1.34.100', 'yaml boto3', undefined, 'from yaml import CSafeLoader'),
  one('wrapt==1.17.2 aws-xray-sdk==2.13.0', 'wrapt aws_xray_sdk', 'import aws_xray_sdk.core'),
  one('greenlet==3.1.0', 'greenlet'),
  one('sqlalchemy==2.0.35 psycopg2-binary==2.9.10 boto3==1.35.60', 'sqlalchemy psycopg2'),
  one('regex==2024.9.11', 'regex'),
  one('rpds-py==0.20.0 jsonschema==4.22.0', 'rpds jsonschema'),
  one('msgpack==1.1.1', 'msgpack'),
  one('zstandard==0.20.0', 'zstandard'),
  one('brotli==1.1.0 requests==2.32.4', 'brotli requests'),
  one('bcrypt==4.2.0 pyjwt==2.8.0', 'bcrypt jwt'),
  one('pynacl==1.5.0 pyjwt==2.9.0', 'nacl jwt', 'import nacl.signing'),
  one('protobuf==4.25.5', 'google.protobuf', DESCRIPTOR),
  one('tiktoken==0.11.0', 'tiktoken'),
  one('tokenizers==0.21.0', 'tokenizers'),
  one('ujson==5.8.0', 'ujson'),
  one('shapely==2.1.0', 'shapely'),
  one('matplotlib==3.8.3', 'matplotlib', 'import matplotlib.pyplot'),
  one('contourpy==1.3.0 kiwisolver==1.4.7 fonttools==4.54.1', 'contourpy kiwisolver fontTools'),
  one('pymongo==4.10.1', 'pymongo bson'),
  one('mysql-connector-python==9.1.0', 'mysql.connector'),
  one('asyncpg==0.29.0 sqlalchemy==2.0.40', 'asyncpg sqlalchemy'),
  one('uvloop==0.18.0 httptools==0.6.0 uvicorn==0.30.6', 'uvloop httptools uvicorn'),
  one('watchfiles==0.22.0', 'watchfiles'),
  one('psutil==6.1.0 coverage==7.5.4', 'psutil coverage'),
  one('python-snappy==0.7.2 lz4==4.4.4', 'snappy lz4', undefined, 'import lz4.frame'),
  one('xxhash==3.4.1', 'xxhash'),
  one('rapidfuzz==3.10.1', 'rapidfuzz', 'import rapidfuzz.fuzz'),
  one('jiter==0.6.1 openai==1.45.0', 'jiter openai'),
  one('duckdb==1.1.1', 'duckdb'),
  one('polars==1.17.1', 'polars'),
  one('numba==0.60.0', 'numba'),
  one('opencv-python-headless==4.7.0.72', 'cv2'),
  one('h5py==3.8.0', 'h5py'),
  one('confluent-kafka==2.4.0', 'confluent_kafka'),
  one('pycryptodome==3.21.0', 'Crypto', 'from Crypto.Cipher import AES'),
  one(
    'aws-lambda-powertools[all]==3.4.1',
    'aws_lambda_powertools',
    POWERTOOLS,
    'import aws_lambda_powertools.utilities.parser',
  ),
  one('charset-normalizer==3.4.1 requests==2.30.0', 'charset_normalizer requests'),
  one('google-cloud-storage==2.16.0', 'google.cloud.storage'),
  one('redis==5.2.0 hiredis==3.1.0', 'redis hiredis'),
  one('snowflake-connector-python==3.7.1', 'snowflake.connector'),
]

/** In an order that nobody chose: what there was no time for is left out by chance. */
export const EIGHTH_PYTHON: readonly CorpusPackage[] = PACKAGES.toSorted((a, b) => order(a) - order(b))

function order({ requirement }: CorpusPackage): number {
  return createHash('sha256').update(`order ${requirement}`).digest().readUInt32BE()
}
