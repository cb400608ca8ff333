<?php

namespace FarmMassMessage;

use MediaWiki\MediaWikiServices;
use Parser;
use ParserOptions;
use Title;

/**
 * The lists: pages of wikitext with {{#target:Page|host}}, by templates or without.
 */
class Targets {

	private const KEY = 'farm-massmessage-targets';

	/** @param Parser $parser a new one */
	public static function register( $parser ): void {
		$parser->setFunctionHook( 'target', [ self::class, 'note' ] );
	}

	/** Notes a target while a page is parsed, and shows it. */
	public static function note( Parser $parser, string $page = '', string $host = '' ): string {
		$page = trim( $page );
		$host = strtolower( trim( $host ) );
		$dbname = self::wikiOf( $host );
		if ( $dbname === null || Title::newFromText( $page ) === null ) {
			return '<strong class="error">' . wfEscapeWikiText( "$page@$host" ) . '</strong>';
		}
		$output = $parser->getOutput();
		$noted = $output->getExtensionData( self::KEY ) ?? [];
		$noted["$dbname:$page"] = [ 'wiki' => $dbname, 'page' => $page ];
		$output->setExtensionData( self::KEY, $noted );
		return $host === '' ? "[[:$page]]" : '[//' . $host . '/wiki/' . wfUrlencode( $page ) . " $page]";
	}

	/** The targets that a page lists, each once: "wiki" and "page". */
	public static function of( Title $list ): array {
		$services = MediaWikiServices::getInstance();
		$content = $services->getWikiPageFactory()->newFromTitle( $list )->getContent();
		$output = $services->getParserFactory()->create()
			->parse( $content->getText(), $list, ParserOptions::newFromAnon() );
		return array_values( $output->getExtensionData( self::KEY ) ?? [] );
	}

	/** The database name of the wiki with this host; without a host, of this wiki. */
	private static function wikiOf( string $host ): ?string {
		$config = MediaWikiServices::getInstance()->getMainConfig();
		$here = $config->get( 'DBname' );
		$wikis = json_decode( file_get_contents( $config->get( 'FarmMassMessageRun' ) . '/wikis.json' ), true );
		if ( $host === '' || $wikis[$here]['host'] === $host ) {
			return $here;
		}
		$found = array_search( $host, array_column( $wikis, 'host' ), true );
		if ( $found === false || !$config->get( 'FarmMassMessageGlobal' ) ) {
			return null;
		}
		return array_keys( $wikis )[$found];
	}
}
