<?php

namespace FarmMassMessage;

use Category;
use MediaWiki\MediaWikiServices;
use Parser;
use ParserOptions;
use Title;

/**
 * The lists: pages of wikitext with {{#target:Page|host}}, by templates or without, and categories.
 *
 * The original is in includes/MassMessage.php (processPFData), includes/MassMessageHooks.php and
 * includes/Lookup/ (MassMessage REL1_43).
 */
class Targets {

	private const KEY = 'farm-massmessage-targets';

	/** @param Parser $parser a new one */
	public static function register( $parser ): void {
		$parser->setFunctionHook( 'target', [ self::class, 'note' ] );
	}

	/** Notes a target while a page is parsed, and shows it; what is no target shows an error. */
	public static function note( Parser $parser, string $page = '', string $host = '' ): array {
		$parser->addTrackingCategory( 'massmessage-list-category' );
		$host = trim( $host );
		$title = Title::newFromText( $page );
		if ( !$title ) {
			return self::error( 'massmessage-parse-badpage', $page );
		}
		$here = self::config( 'DBname' );
		$dbname = self::wikiOf( $host );
		if ( $dbname === null ) {
			return self::error( 'massmessage-parse-badurl', $host );
		}
		if ( $dbname !== $here && !self::config( 'FarmMassMessageGlobal' ) ) {
			return self::error( 'massmessage-global-disallowed', $page );
		}
		if ( $dbname === $here && $title->isExternal() ) {
			return self::error( 'massmessage-parse-badexternal', $page );
		}
		$parser->getOutput()->appendExtensionData( self::KEY, json_encode( [ $dbname, $page ] ) );
		$host = $host === '' ? self::wikis()[$here]['host'] : $host;
		$link = self::config( 'FarmMassMessageGlobal' )
			? "[//$host/w/index.php?title=" . wfUrlencode( $page ) . " $page]"
			: "[[:$page]]";
		return [ $link, 'noparse' => false ];
	}

	private static function error( string $message, string $about ): array {
		$words = wfMessage( $message, $about )->inContentLanguage()->plain();
		return [ "<strong class=\"error\">$words</strong>", 'noparse' => false ];
	}

	/** The targets that a page or category lists, each once: "wiki" and "page". */
	public static function of( Title $list ): array {
		$listed = $list->inNamespace( NS_CATEGORY ) ? self::members( $list ) : self::named( $list );
		$targets = [];
		foreach ( $listed as [ $dbname, $page ] ) {
			$page = $dbname === self::config( 'DBname' ) ? self::destination( $page ) : $page;
			$targets["$dbname:$page"] = [ 'wiki' => $dbname, 'page' => $page ];
		}
		return array_values( $targets );
	}

	private static function members( Title $category ): array {
		$members = [];
		foreach ( Category::newFromTitle( $category )->getMembers() as $member ) {
			$members[] = [ self::config( 'DBname' ), $member->getPrefixedText() ];
		}
		return $members;
	}

	private static function named( Title $list ): array {
		$services = MediaWikiServices::getInstance();
		$content = $services->getWikiPageFactory()->newFromTitle( $list )->getContent();
		$output = $services->getParserFactory()->create()
			->parse( $content->getText(), $list, ParserOptions::newFromAnon() );
		$noted = array_keys( $output->getExtensionData( self::KEY ) ?? [] );
		return array_map( static fn ( $target ) => json_decode( $target ), $noted );
	}

	/** The page of this wiki that is meant: an account's talk page, and the page behind a redirect. */
	private static function destination( string $page ): string {
		$title = Title::newFromText( $page );
		$title = $title->inNamespace( NS_USER ) ? $title->getTalkPage() : $title;
		$title = Redirect::follow( $title );
		return $title ? $title->getPrefixedText() : $page;
	}

	/** The database name of the wiki with this host; without a host, of this wiki. */
	private static function wikiOf( string $host ): ?string {
		foreach ( self::wikis() as $dbname => $wiki ) {
			if ( $wiki['host'] === $host ) {
				return $dbname;
			}
		}
		return $host === '' ? self::config( 'DBname' ) : null;
	}

	private static function wikis(): array {
		return json_decode( file_get_contents( self::config( 'FarmMassMessageRun' ) . '/wikis.json' ), true );
	}

	/** @return mixed */
	private static function config( string $name ) {
		return MediaWikiServices::getInstance()->getMainConfig()->get( $name );
	}
}
